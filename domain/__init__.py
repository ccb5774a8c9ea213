"""The words of the field and the rules that follow from them. Standard library only; knows nobody."""
