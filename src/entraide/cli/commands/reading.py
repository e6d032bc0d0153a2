"""`entraide read`."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from entraide.cli.output import AsJson

EndpointUrl = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="Let a model at this OpenAI-compatible address propose, such as http://127.0.0.1:11434/v1. The text "
        "of each file is sent there. The key, where one is needed, is in the variable ENTRAIDE_ENDPOINT_KEY.",
    ),
]
ModelName = Annotated[str, typer.Option(help="The model's name, with --endpoint.")]
Seconds = Annotated[
    int, typer.Option(min=1, max=600, help="With --endpoint, the seconds after which the rules' reading counts.")
]


def read(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Texts, web pages, PDF, DOCX, ODT, RTF, XLSX, e-mails, or folders of such files, to read.",
        ),
    ],
    as_json: AsJson = False,
    endpoint: EndpointUrl = "",
    model: ModelName = "",
    timeout: Seconds = 60,
    with_texts: Annotated[
        bool,
        typer.Option("--texts", help="With --json, print both texts in which the evidence counts characters."),
    ] = False,
) -> None:
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
        raise typer.Exit(1)
