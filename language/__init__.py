"""How words and numbers look in Swedish and in English.

Swedish stands in the code and is the key; English stands in `en.po`. Numbers and dates follow CLDR by Babel.
"""
