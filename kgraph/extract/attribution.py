"""Who says so: quotations with their speakers, and the speakers of reported clauses.

Direct quotation follows Pareti's scheme of source, cue and content (PARC 3.0): the cue verb next to a quotation gives
its source, and a quotation without a cue of its own goes on with the speaker of the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kgraph.language.clauses import ancestors, is_object_control, verb_roles
from kgraph.language.quotes import quotation_spans
from kgraph.language.tables import Language

_TAG = 8  # tokens behind a quotation in which its speaker is looked for where the parser starts a sentence there


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a predicate: the token of the speaker, those who pass it on, and the verb that says so."""

    speaker: Token | None
    via: tuple[Token, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens ``start`` to ``end`` inside quotation marks, and the token of who speaks."""

    start: int
    end: int
    speaker: Token | None


class Attributions:
    """Speakers of all that is said in one text."""

    def __init__(self, doc: Doc, language: Language) -> None:
        self._verbs = language.attribution["verbs"]
        self._passing = language.attribution["passing_on"]
        self._accusing = language.attribution["accusing"]
        self._according = language.attribution["according"]
        self.quotations = list(self._attributed(doc))
        self._inside = {i: quote for quote in self.quotations for i in range(quote.start, quote.end)}

    def of(self, token: Token) -> Attribution:
        """Who says the clause of ``token``."""
        quote = self._inside.get(token.i)
        speakers = list(dict.fromkeys(self._chain(token)))
        if quote is not None and quote.speaker is not None and quote.speaker not in speakers:
            speakers.append(quote.speaker)
        if not speakers:
            return Attribution(None, (), quote is not None)
        return Attribution(speakers[0], tuple(speakers[1:]), quote is not None)

    def speaker_of_quotation(self, token: Token) -> Token | None:
        """Who speaks the quotation that ``token`` stands in, None outside of quotations."""
        quote = self._inside.get(token.i)
        return quote.speaker if quote else None

    def _chain(self, token: Token) -> Iterator[Token]:
        """Speakers of the reporting verbs above ``token``, the innermost first."""
        below = token
        for above in (token, *ancestors(token)):
            if above is not token and self._reports(above, below):
                yield from self._voices(above)
            according = self._according_to(above)
            if according is not None:
                yield according
            below = above

    def _reports(self, verb: Token, content: Token) -> bool:
        """True where ``content`` is what ``verb`` says, and not the sayer, a time or a purpose."""
        lemma = verb.lemma_.lower()
        if lemma not in self._verbs | self._accusing:
            return False
        top = content
        while top.head != verb and top.head != top:
            top = top.head
        if lemma in self._accusing:
            return is_object_control(content) or (top.dep_ == "ccomp" and top.i > verb.i)
        if top.dep_ in ("ccomp", "parataxis", "dep"):
            return True
        return verb.lemma_ in self._passing and top.dep_ in ("prep", "advcl")

    def cue_speaker(self, verb: Token) -> Token | None:
        """The one who says: the subject of the verb; of "quoted Y as saying" Y, of "was quoted" likewise."""
        if verb.dep_ == "advcl" and verb.tag_ == "VBG":
            # "said that Tehran did not ask, adding that …": the parser hangs "adding" on the nearer verb
            above = next((other for other in ancestors(verb) if other.lemma_.lower() in self._verbs), None)
            verb = above or verb
        roles = verb_roles(verb)
        if verb.lemma_ in self._passing and roles["obj"]:
            return roles["obj"][0]
        return roles["subj"][0] if roles["subj"] else None

    def _voices(self, verb: Token) -> Iterator[Token]:
        """Who says, and behind him who quotes him as saying it."""
        speaker = self.cue_speaker(verb)
        if speaker is not None:
            yield speaker
        if verb.lemma_ in self._passing:
            yield from verb_roles(verb)["subj"][:1]

    def _is_cue(self, verb: Token) -> bool:
        """True for verbs of saying, with their particle ("went on")."""
        lemma = verb.lemma_.lower()
        return lemma in self._verbs or any(
            f"{lemma} {child.lower_}" in self._verbs for child in verb.rights if child.dep_ in ("prt", "advmod", "prep")
        )

    def _according_to(self, token: Token) -> Token | None:
        for child in token.children:
            if child.lower_ in self._according or (child.dep_ == "prep" and child.lower_ == "per"):
                return next(
                    (arg for prep in (child, *child.children) for arg in prep.children if arg.dep_ == "pobj"), None
                )
        return None

    def _attributed(self, doc: Doc) -> Iterator[Quotation]:
        """Quotations in order; one without a cue in its sentences goes on with the speaker before it."""
        last: Token | None = None
        for start, end in quotation_spans(doc):
            speaker = self._cue_beside(doc, start, end)
            if speaker is None and (doc[start].is_sent_start or _continues(doc, start)):
                speaker = last or _person_before(doc, start)
            last = speaker or last
            yield Quotation(start, end, speaker)

    def _cue_beside(self, doc: Doc, start: int, end: int) -> Token | None:
        """The speaker of a reporting verb outside the marks, in the sentences that the quotation touches."""
        first, last = doc[start].sent, doc[end - 1].sent.end
        if end < len(doc) and last <= end + 1:  # "… where were they?” Gedi said." may be two sentences to the parser
            last = max(last, min(end + _TAG, doc[min(end + 1, len(doc) - 1)].sent.end))
        outside = [token for token in doc[first.start : last] if not start <= token.i < end and self._is_cue(token)]
        outside.sort(key=lambda verb: min(abs(verb.i - start), abs(verb.i - end)))
        root = first.root
        if start >= 2 and doc[start - 2].text == ":" and not start <= root.i < end:
            outside.append(root)  # "He offered an analogy: “…”"
        speakers = (self.cue_speaker(verb) for verb in outside if verb.pos_ == "VERB")
        return next((speaker for speaker in speakers if speaker is not None and not start <= speaker.i < end), None)


def _person_before(doc: Doc, start: int) -> Token | None:
    """ "The minister, Ann Berg, was blunt. “…”": the person who is subject of the sentence right before."""
    sent = doc[start].sent
    if sent.start == 0:
        return None
    root = doc[sent.start - 1].sent.root
    for subject in verb_roles(root)["subj"]:
        if any(token.ent_type_ == "PERSON" for token in (subject, *subject.children)):
            return subject
    return None


def _continues(doc: Doc, start: int) -> bool:
    """True where a quotation opens right at the start of a sentence (its mark before it)."""
    return start >= 1 and bool(doc[start - 1].is_sent_start)
