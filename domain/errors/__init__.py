"""What can go wrong for a person, said so that the person can mend it.

Every class here is shown without a traceback. The text is Swedish and is the key of the translation; the
values are filled in after translating. Any other exception is a defect and belongs in the log.
"""
