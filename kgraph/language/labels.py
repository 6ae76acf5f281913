"""Dependency and tag labels of spaCy's English models (ClearNLP scheme), under names that rules can be read by."""

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
DATIVES = frozenset({"dative", "iobj"})
PREPOSITIONS = frozenset({"prep", "agent"})
MODIFIERS = frozenset({"amod", "compound", "nmod"})
VERBAL = frozenset({"VERB", "AUX"})
OPENING_QUOTES = frozenset({"“", "„", "«", "``"})
CLOSING_QUOTES = frozenset({"”", "»", "''"})
STRAIGHT_QUOTES = frozenset({'"'})
