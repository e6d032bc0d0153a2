"""What can be wrong with keys, signatures and seals."""

from entraide.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, VerificationFailed
from entraide.kernel.text import N_


class BadSignature(VerificationFailed):
    """A double signature does not hold."""

    code = "keys.bad_signature"
    message = N_("The signature does not hold: {why}.")
    remedy = N_("Do not rely on it. Ask the signer to send it again and compare the key fingerprints.")


class BadSeal(VerificationFailed):
    """A sealed secret cannot be opened."""

    code = "keys.bad_seal"
    message = N_("The seal cannot be opened by this node.")
    remedy = N_("It was changed on its way, or sealed to another key. Ask the sender to compare the key fingerprints.")


class BadCiphertext(VerificationFailed):
    """Encrypted data was changed, or belongs to another key or place."""

    code = "keys.bad_ciphertext"
    message = N_("The encrypted data cannot be opened.")
    remedy = N_("It was changed, or its key was destroyed. Restore it from the partner or from a backup.")


class OtherKeys(VerificationFailed):
    """A signature holds under keys of its signer, but not under those of its day."""

    code = "keys.other_keys"
    message = N_("It is signed with keys of the signer, but not with those of {moment}.")
    remedy = N_("Do not rely on it: an ended key signs nothing new. Ask the signer which keys were in use that day.")


class SigningKeyGone(NotFound):
    """The private half that would sign for a past moment was destroyed when its keys ended."""

    code = "keys.signing_key_gone"
    message = N_("The key that signed at {moment} has ended and was destroyed.")
    remedy = N_("Sign with the present keys. If the clock of this machine was set back, set it right.")


class KeysMissing(NotFound):
    """A key file is not there."""

    code = "keys.missing"
    message = N_("The key file {file} is missing.")
    remedy = N_("Restore it from the backup of the keys. New keys must be paired again with every partner.")


class KeysUnreadable(NotAllowed):
    """A key file cannot be read by this process."""

    code = "keys.unreadable"
    message = N_("The key file {file} cannot be read: {why}.")
    remedy = N_("Give the account that runs Entraide the ownership of the file.")


class KeysTooOpen(NotAllowed):
    """Others on this machine could read or change the keys."""

    code = "keys.too_open"
    message = N_("{file} has permissions {mode}: others on this machine could use the keys.")
    remedy = N_("Run: chmod {wanted} {file}. If others had access, replace the keys.")


class KeysDamaged(VerificationFailed):
    """A key file does not hold what it should."""

    code = "keys.damaged"
    message = N_("The key file {file} is damaged: {why}.")
    remedy = N_("Restore root.key and node.keys together from the same backup.")


class KeysExist(Conflict):
    """There is a key ring already; overwriting it would cut off every partner."""

    code = "keys.exist"
    message = N_("There are keys in {file} already.")
    remedy = N_("Use them, or move them away first.")


class WrongPassphrase(NotAllowed):
    """A signatory's key does not open with this passphrase."""

    code = "keys.wrong_passphrase"
    message = N_("The passphrase does not open this signing key.")
    remedy = N_("Check capitals and the keyboard's language. A lost passphrase needs a new signing key.")


class WeakPassphrase(BadInput):
    """A passphrase is too short to protect a signing key."""

    code = "keys.weak_passphrase"
    message = N_("A passphrase for a signing key has at least {least} characters.")
    remedy = N_("Take four or more words that do not belong together.")


class SignatoryKeyDamaged(VerificationFailed):
    """A locked signing key is not in the format of this program."""

    code = "keys.signatory_damaged"
    message = N_("The locked signing key cannot be read.")
    remedy = N_("Restore it from a backup, or issue the signatory a new key.")
