"""What a scorer is told of a phrase's grammar: names of features, the same in all languages."""

from entraide.reader.domain.grammar.syntax import Context


def grammar_features(context: Context) -> list[str]:
    """Return the features of the clause, its verb and those above it, and of the phrase's place in it."""
    verb, tense = context.verb, context.tense
    found = [
        f"verb={verb}",
        f"tense={tense}",
        f"verb+tense={verb},{tense}",
        f"kind={context.kind}",
        f"slot={context.slot}",
        f"verb+slot={verb},{context.slot}",
        f"kind+tense={context.kind},{tense}",
        f"preposition={context.preposition}",
        f"outer={context.outer}",
        f"verb+outer={verb},{context.outer}",
        f"nominal={context.nominal}",
        f"parent={context.parent_verb}",
        f"parent+tense={context.parent_verb},{context.parent_tense}",
        f"main={context.main_verb}",
        f"main+tense={context.main_verb},{context.main_tense}",
        f"main+verb={context.main_verb},{verb}",
        f"distance={_step(context.distance)}",
    ]
    found += [f"modal={context.modal}"] if context.modal else []
    found += ["negated"] if context.negated else []
    found += [f"passive+slot={context.slot}"] if context.passive else []
    found += [f"nominal+verb={context.nominal},{verb}"] if context.nominal else []
    return found


def _step(distance: int) -> str:
    return "near" if distance < 4 else "middle" if distance < 10 else "far"
