"""The road of a controller's spreadsheet: file → what it says → what is wrong → draft → published, and back."""
