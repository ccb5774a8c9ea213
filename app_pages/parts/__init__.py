"""What pages share: words, address, choices, the frame, downloads and charts."""
