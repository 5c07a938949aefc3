"""English verb forms by rule, with a table of the irregular ones."""

from __future__ import annotations

import re
from functools import cache

_IRREGULAR = {
    "be": "is been was being", "take": "takes taken took taking", "lose": "loses lost lost losing", "win": "wins won won winning",
    "hold": "holds held held holding", "fall": "falls fallen fell falling", "keep": "keeps kept kept keeping", "get": "gets got got getting",
    "break": "breaks broken broke breaking", "drive": "drives driven drove driving", "give": "gives given gave giving", "go": "goes gone went going",
    "leave": "leaves left left leaving", "bring": "brings brought brought bringing", "run": "runs run ran running", "hit": "hits hit hit hitting",
    "overrun": "overruns overrun overran overrunning", "come": "comes come came coming", "fight": "fights fought fought fighting",
    "make": "makes made made making", "have": "has had had having", "set": "sets set set setting", "cut": "cuts cut cut cutting",
    "throw": "throws thrown threw throwing", "beat": "beats beaten beat beating", "put": "puts put put putting", "draw": "draws drawn drew drawing",
    "retake": "retakes retaken retook retaking", "sweep": "sweeps swept swept sweeping", "creep": "creeps crept crept creeping",
    "stand": "stands stood stood standing", "sit": "sits sat sat sitting", "slip": "slips slipped slipped slipping", "flee": "flees fled fled fleeing",
    "pull": "pulls pulled pulled pulling", "find": "finds found found finding", "dig": "digs dug dug digging", "seal": "seals sealed sealed sealing",
    "batter": "batters battered battered battering", "enter": "enters entered entered entering", "recover": "recovers recovered recovered recovering",
    "conquer": "conquers conquered conquered conquering", "encircle": "encircles encircled encircled encircling", "shut": "shuts shut shut shutting",
    "hem": "hems hemmed hemmed hemming", "trap": "traps trapped trapped trapping", "grip": "grips gripped gripped gripping", "show": "shows shown showed showing",
    "say": "says said said saying", "see": "sees seen saw seeing", "stick": "sticks stuck stuck sticking", "cling": "clings clung clung clinging",
    "bottle": "bottles bottled bottled bottling", "plant": "plants planted planted planting", "slink": "slinks slunk slunk slinking",
    "withdraw": "withdraws withdrawn withdrew withdrawing", "cede": "cedes ceded ceded ceding", "steal": "steals stolen stole stealing",
    "ring": "rings ringed ringed ringing", "wrest": "wrests wrested wrested wresting", "burst": "bursts burst burst bursting", "fend": "fends fended fended fending",
    "thrust": "thrusts thrust thrust thrusting", "grind": "grinds ground ground grinding", "lie": "lies lain lay lying", "regroup": "regroups regrouped regrouped regrouping",
    "shed": "sheds shed shed shedding", "strike": "strikes struck struck striking", "send": "sends sent sent sending", "push": "pushes pushed pushed pushing",
    "abandon": "abandons abandoned abandoned abandoning", "quit": "quits quit quit quitting", "choke": "chokes choked choked choking", "lay": "lays laid laid laying",
    "swallow": "swallows swallowed swallowed swallowing", "wear": "wears worn wore wearing", "infiltrate": "infiltrates infiltrated infiltrated infiltrating",
    "maintain": "maintains maintained maintained maintaining", "retain": "retains retained retained retaining", "regain": "regains regained regained regaining",
    "gain": "gains gained gained gaining", "attain": "attains attained attained attaining", "occupy": "occupies occupied occupied occupying",
    "exit": "exits exited exited exiting", "besiege": "besieges besieged besieged besieging", "near": "nears neared neared nearing", "vacate": "vacates vacated vacated vacating",
    "storm": "storms stormed stormed storming", "clear": "clears cleared cleared clearing", "claw": "claws clawed clawed clawing", "tear": "tears torn tore tearing",
    "blockade": "blockades blockaded blockaded blockading", "edge": "edges edged edged edging", "weave": "weaves woven wove weaving", "clean": "cleans cleaned cleaned cleaning",
    "join": "joins joined joined joining", "appear": "appears appeared appeared appearing", "steam": "steams steamed steamed steaming", "sneak": "sneaks sneaked sneaked sneaking",
    "repel": "repels repelled repelled repelling", "expel": "expels expelled expelled expelling", "eject": "ejects ejected ejected ejecting", "bleed": "bleeds bled bled bleeding",
    "rout": "routs routed routed routing", "speed": "speeds sped sped speeding", "spread": "spreads spread spread spreading", "understand": "understands understood understood understanding",
}  # fmt: skip
_FORMS = ("pres", "pp", "past", "ing")


@cache
def inflect(phrase: str, form: str, plural: bool) -> str:
    """Return a verb phrase with its first word (or the one after ``*``) in a form: base, pres, past, pp or ing."""
    before, _, after = phrase.rpartition("*")
    head, _, rest = after.partition(" ")
    word = head if form == "base" or (form == "pres" and plural) else _word(head, form)
    return before + (f"{word} {rest}" if rest else word)


def _word(verb: str, form: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb].split()[_FORMS.index(form)]
    stem = verb[:-1] if verb.endswith("e") else verb
    consonant_y = bool(re.search(r"[^aeiou]y$", verb))
    if form == "pres":
        if consonant_y:
            return verb[:-1] + "ies"
        return verb + ("es" if re.search(r"(s|x|ch|sh|z|o)$", verb) else "s")
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprtv]", verb):  # one short syllable doubles its end
        stem = verb + verb[-1]
    if form == "ing":
        return stem + "ing" if not verb.endswith("ee") else verb + "ing"
    return verb[:-1] + "ied" if consonant_y else stem + "ed"
