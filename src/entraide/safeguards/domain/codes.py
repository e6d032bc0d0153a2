"""Codes that the rules depend on; the YAML vocabularies carry their labels and a test holds both together."""

from enum import StrEnum


class Conduct(StrEnum):
    """What a person is alleged to have done, coded; words alone prove nothing (LAW, point 4)."""

    VIOLENCE = "violence"
    PROPERTY = "property"
    MONEY = "money"
    DRUGS = "drugs"
    TRAFFICKING = "trafficking"
    SYSTEMS_DATA = "systems_data"
    DOCUMENTS = "documents"
    PUBLIC_OFFICE = "public_office"
    EXPRESSION = "expression"
    ASSEMBLY = "assembly"
    ASSOCIATION = "association"
    RELIGION = "religion"
    ELECTION = "election"
    FAMILY_LIFE = "family_life"
    MOVEMENT = "movement"


class PersonRole(StrEnum):
    """The part that a person plays in the case; mandatory for every person (EU Directive 2016/680, art. 6)."""

    SUSPECT = "suspect"
    ACCUSED = "accused"
    CONVICTED = "convicted"
    VICTIM = "victim"
    WITNESS = "witness"
    THIRD_PARTY = "third_party"


class PublicRole(StrEnum):
    """Standing of a person that calls for a second look at the motive of a request (R04)."""

    CANDIDATE = "candidate"
    OFFICIAL = "official"
    JOURNALIST = "journalist"
    LAWYER = "lawyer"
    ACTIVIST = "activist"
    REFUGEE = "refugee"


class MainElement(StrEnum):
    """What the alleged offence is made of in the main (R04)."""

    HARM = "harm"
    GAIN = "gain"
    OPINION = "opinion"
    ASSOCIATION = "association"
    OFFICE = "office"


class Beneficiary(StrEnum):
    """Who profits when the request is granted (R04)."""

    VICTIMS = "victims"
    PUBLIC = "public"
    HOLDERS_OF_POWER = "holders_of_power"
    PRIVATE_PARTY = "private_party"


class ProtectivePurpose(StrEnum):
    """A purpose that serves the person concerned, in place of alleged conduct."""

    MISSING_PERSON = "missing_person"
    VICTIM_PROTECTION = "victim_protection"
    THREAT_TO_LIFE = "threat_to_life"
    DISASTER_IDENTIFICATION = "disaster_identification"
    CONSULAR_HELP = "consular_help"


class BasisKind(StrEnum):
    """What a request rests on."""

    INSTRUMENT = "instrument"
    RECIPROCITY = "reciprocity"


class Channel(StrEnum):
    """The way a request takes between the two States."""

    POLICE = "police"
    JUDICIAL = "judicial"
    DIPLOMATIC = "diplomatic"
    INTERPOL = "interpol"


class Handling(StrEnum):
    """Handling codes of information (H0 to H3)."""

    H0 = "H0"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"


class PenaltyKind(StrEnum):
    """The heaviest penalty that the requesting State's law allows for the offence."""

    FINE = "fine"
    IMPRISONMENT = "imprisonment"
    LIFE = "life"
    DEATH = "death"


class IdentityProtection(StrEnum):
    """How the identity of a victim, a witness or a minor is protected in a request (R27)."""

    PSEUDONYM = "pseudonym"
    CONSENT = "consent"
    RESTRICTED = "restricted"


class Assurance(StrEnum):
    """Assurances that a requesting State gives with a request (R10, R11)."""

    NO_DEATH_PENALTY = "no_death_penalty"
    RETRIAL = "retrial"
