"""What can be wrong with a file, one class for each reason; `file` is its name, `format` what it is.

Each becomes one line that names the file, the reason and a remedy, at a terminal as in a browser.
"""

from entraide.kernel.errors import BadInput, NotFound
from entraide.kernel.text import N_, NN_

LARGEST_BYTES = 20 * 1024 * 1024
"""Of a file that is read; a communiqué with its pictures has a few megabytes."""


class NoSuchFile(NotFound):
    """There is no such file."""

    code = "documents.no_such_file"
    message = N_("{file}: there is no such file.")
    remedy = N_("Check the path.")


class BadFile(BadInput):
    """A file cannot be read; the classes below say why."""


class FileNotOpened(BadFile):
    """The system does not let us open it."""

    code = "documents.file_not_opened"
    message = N_("{file}: cannot be opened ({why}).")
    remedy = N_("Check its permissions, or copy it to a folder of yours.")


class NotAFile(BadFile):
    """A pipe, a socket or a device: reading it might never end."""

    code = "documents.not_a_file"
    message = N_("{file}: is a pipe, a socket or a device and no file.")
    remedy = N_("Save what it gives as a file first.")


class EmptyFolder(BadFile):
    """A folder holds no file to read."""

    code = "documents.empty_folder"
    message = N_("{file}: the folder holds no file to read; hidden files and files of data are left out.")
    remedy = N_("Give a folder with texts, web pages, PDF, DOCX, ODT, RTF, XLSX files or e-mails.")


class FileTooLarge(BadFile):
    """The file is larger than any communiqué."""

    code = "documents.file_too_large"
    message = N_("{file}: has {megabytes} MB; at most {limit} MB are read.")
    remedy = N_("Give the communiqué alone.")


class EmptyFile(BadFile):
    """Nothing is in it."""

    code = "documents.empty_file"
    message = N_("{file}: is empty.")
    remedy = N_("Save or download it again.")


class BinaryFile(BadFile):
    """Its bytes are no text and no format that we know."""

    code = "documents.binary_file"
    message = N_("{file}: holds no text; it is binary or damaged.")
    remedy = N_("Save it as DOCX, PDF, HTML or plain text in UTF-8.")


class NoWords(BadFile):
    """There are characters but no letters."""

    code = "documents.no_words"
    message = N_("{file}: holds no words.")
    remedy = N_("Check that it is the communiqué.")


class EncodingNotCertain(BadFile):
    """The bytes are text, but more than one reading of them is possible, or none that we know."""

    code = "documents.encoding_not_certain"
    message = N_("{file}: its letters cannot be told for certain; it is not UTF-8, and its encoding is not stated.")
    remedy = N_("Open it in the program that wrote it and save it as UTF-8.")


class DamagedFile(BadFile):
    """It says what it is, and is not whole."""

    code = "documents.damaged_file"
    message = N_("{file}: is a damaged {format} file.")
    remedy = N_("Save or download it again.")


class EncryptedFile(BadFile):
    """It opens with a password only."""

    code = "documents.encrypted_file"
    message = N_("{file}: is encrypted ({format}) and opens with a password only.")
    remedy = N_("Save a copy without a password.")


class NoTextInside(BadFile):
    """It opens, and holds pictures or nothing."""

    code = "documents.no_text_inside"
    message = N_("{file}: opens as {format} but holds no text, perhaps pictures of pages.")
    remedy = N_("Run text recognition (OCR) on it, or give another copy.")


class ColumnsNotCertain(BadFile):
    """Lines stand beside each other, and which follows which cannot be told."""

    code = "documents.columns_not_certain"
    message = N_(
        "{file}: the order of its lines cannot be told for certain; this {format} file does not say where they stand."
    )
    remedy = N_("Save it as DOCX or plain text, or give another copy.")


class FormatNotRead(BadFile):
    """It is in a format that the reader does not take."""

    code = "documents.format_not_read"
    message = N_("{file}: is {format}, which is not read.")
    remedy = N_("Save it as DOCX, PDF, HTML or plain text in UTF-8.")


class TextTooLong(BadFile):
    """More text than the reader takes at once."""

    code = "documents.text_too_long"
    message = N_("{file}: holds more than {limit} million characters of text.")
    remedy = N_("Give the communiqué alone.")


class TooManyPages(BadFile):
    """More pages than any communiqué."""

    code = "documents.too_many_pages"
    message = N_("{file}: has {pages} pages; at most {limit} are read.")
    remedy = N_("Give the pages of the communiqué alone.")


class UnpacksTooLarge(BadFile):
    """A zip bomb, or as bad as one."""

    code = "documents.unpacks_too_large"
    message = N_("{file}: unpacks to more than {limit} MB, or into too many parts, and was not unpacked.")
    remedy = N_("Do not open it unless you know who made it; give the communiqué as text.")


class DeclaresEntities(BadFile):
    """Declarations inside that no office program writes, and that can expand without end."""

    code = "documents.declares_entities"
    message = N_("{file}: holds declarations that no {format} file needs, and was not opened.")
    remedy = N_("Do not open it unless you know who made it; give the communiqué as text.")


class TooSlow(BadFile):
    """Reading it did not end in time."""

    code = "documents.too_slow"
    message = NN_(
        "{file}: reading this {format} file took longer than {seconds} second and was stopped.",
        "{file}: reading this {format} file took longer than {seconds} seconds and was stopped.",
        by="seconds",
    )
    remedy = N_("Save the communiqué alone, or as plain text.")


class TooMuchMemory(BadFile):
    """Reading it needed more memory than is given, or ended the process that read it."""

    code = "documents.too_much_memory"
    message = N_("{file}: reading this {format} file needed too much memory, or ended the process that read it.")
    remedy = N_("Save the communiqué alone, or as plain text.")


BAD_FILES: dict[str, type[BadFile]] = {kind.code: kind for kind in BadFile.__subclasses__()}
"""Each reason by its code."""
