"""`entraide read`."""

import gc
from pathlib import Path

import click

from entraide.cli.commands.values import json_option


@click.command()
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    help="Texts, web pages, PDF, DOCX, ODT, RTF, XLSX, e-mails, or folders of such files, to read.",
)
@json_option
@click.option(
    "--endpoint",
    metavar="URL",
    default="",
    show_default=False,
    help="Let a model at this OpenAI-compatible address propose, such as http://127.0.0.1:11434/v1. The text "
    "of each file is sent there. The key, where one is needed, is in the variable ENTRAIDE_ENDPOINT_KEY.",
)
@click.option("--model", metavar="NAME", default="", show_default=False, help="The model's name, with --endpoint.")
@click.option(
    "--timeout",
    type=click.IntRange(1, 600),
    default=60,
    help="With --endpoint, the seconds after which the rules' reading counts.",
)
@click.option(
    "--texts",
    "with_texts",
    is_flag=True,
    help="With --json, print both texts in which the evidence counts characters.",
)
def read(paths: tuple[Path, ...], as_json: bool, endpoint: str, model: str, timeout: int, with_texts: bool) -> None:
    """Read communiqués and print what they propose for the register; nothing is stored.

    Folders are read with all folders inside, without hidden files and without
    data (JSON, YAML, CSV) that lies beside texts. A file that cannot be read,
    or is in a language that is not read, gets one line on standard error; the
    others go on, and the exit code is then 1.

    --json prints one object: for each file, under its name without ending, what
    it proposes. Where files share a name, the first has it and the others have
    their ending or a number added; "file" holds each one's path.
    """
    gc.set_threshold(50_000)  # the words and patterns that are loaded now are no garbage
    from entraide.cli.read import endpoint_of, read_files

    asked = endpoint_of(endpoint, model, timeout)
    if read_files(paths, asked, as_json=as_json, with_texts=with_texts):
        raise click.exceptions.Exit(1)
