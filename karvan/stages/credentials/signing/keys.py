"""Ed25519 keys and how they are written down: PEM for the secret half, multibase for the public."""

from __future__ import annotations

from dataclasses import dataclass, field

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# The multicodec number 0xed (Ed25519 public key) as an unsigned varint; see the multicodec table.
ED25519_PUBLIC = b"\xed\x01"
PEM_END = b"-----END PRIVATE KEY-----"


@dataclass(frozen=True)
class PublicKey:
    """One public key of an issuer; its id names the DID and the key itself, so it never clashes."""

    controller: str
    multibase: str

    def __post_init__(self) -> None:
        if not self.controller.startswith("did:"):
            raise ValueError(f"controller {self.controller!r} is not a DID")
        key_bytes(self.multibase)

    @property
    def id(self) -> str:
        return f"{self.controller}#{self.multibase}"

    def accepts(self, signature: bytes, message: bytes) -> bool:
        """Whether this key made the signature over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(key_bytes(self.multibase)).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A key pair in memory. Its secret half is in no repr, log or comparison."""

    public: PublicKey
    secret: Ed25519PrivateKey = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        return self.public.id


def key_bytes(multibase: str) -> bytes:
    """The 32 bytes of a public key written as multibase (base58btc, multicodec ed25519-pub).

    Raises: ValueError, quoting the text, when it is anything else.
    """
    if not multibase.startswith("z"):
        raise ValueError(f"multibase {multibase!r} is not base58btc (z…)")
    raw = base58.b58decode(multibase[1:])
    if not raw.startswith(ED25519_PUBLIC) or len(raw) != len(ED25519_PUBLIC) + 32:
        raise ValueError(f"multibase {multibase!r} is not an Ed25519 public key")
    return raw[len(ED25519_PUBLIC) :]


def to_multibase(public: Ed25519PublicKey) -> str:
    """The public key as multibase text beginning `z6Mk`."""
    return "z" + base58.b58encode(ED25519_PUBLIC + public.public_bytes_raw()).decode("ascii")


def signing_key(secret: Ed25519PrivateKey, *, did: str) -> SigningKey:
    """The key pair with its id under a DID."""
    return SigningKey(PublicKey(did, to_multibase(secret.public_key())), secret)


def make_key(*, did: str) -> SigningKey:
    """A new key pair from the system's random source; the caller keeps its PEM outside the code."""
    return signing_key(Ed25519PrivateKey.generate(), did=did)


def private_pem(key: SigningKey) -> bytes:
    """The secret half as unencrypted PKCS #8 PEM, for a file only the service may read."""
    return key.secret.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def load_keys(pem: str | bytes, *, did: str) -> tuple[SigningKey, ...]:
    """The keys in one or more PEM blocks, in their order; the first is the one that signs now.

    Raises: ValueError when there is no block, or a block is not an Ed25519 private key. The
    message never quotes the text, since it is a secret.
    """
    text = pem.encode("ascii") if isinstance(pem, str) else pem
    blocks = [part + PEM_END for part in text.split(PEM_END)[:-1]]
    if not blocks:
        raise ValueError("there is no private key in the PEM text")
    return tuple(_load_block(block, did) for block in blocks)


def _load_block(block: bytes, did: str) -> SigningKey:
    secret = serialization.load_pem_private_key(block.strip(), password=None)
    if not isinstance(secret, Ed25519PrivateKey):
        raise ValueError(f"a key in the PEM text is {type(secret).__name__}, not Ed25519")
    return signing_key(secret, did=did)
