"""Who signs badges: keys of the environment, published at the site's address.

Each entry of ``BADGE_KEYS`` is a long random text; its SHA-256 is the seed of an
Ed25519 key (RFC 8032). The first one signs, all are published, so that badges signed
before a rotation still verify. The site's identifier is a ``did:web`` (W3C DID method
"web"), whose document verifiers find at ``/.well-known/did.json``.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from openbadgeslib.ob3 import did_web_from_url, multikey_from_pem

PURPOSE = b"badge key\0"
CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


@dataclass(frozen=True)
class SigningKey:
    """One key of the site."""

    secret: str

    @cached_property
    def private(self) -> Ed25519PrivateKey:
        """The key that signs."""
        seed = hashlib.sha256(PURPOSE + self.secret.encode()).digest()
        return Ed25519PrivateKey.from_private_bytes(seed)

    @cached_property
    def private_pem(self) -> bytes:
        """The same in PEM, as libraries want it."""
        return self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    @cached_property
    def multibase(self) -> str:
        """The public key as Multikey; it is also the key's name."""
        public = self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        name: str = multikey_from_pem(public)
        return name


def signing_keys() -> list[SigningKey]:
    """Return the keys, the signing one first; empty where badges are off."""
    return [SigningKey(secret) for secret in settings.BADGE_KEYS]


def issuer_id() -> str:
    """Return the site's identifier; without https only the key can vouch for itself."""
    if settings.SITE_URL.startswith("https://"):
        identifier: str = did_web_from_url(settings.SITE_URL)
        return identifier
    return f"did:key:{signing_keys()[0].multibase}"


def did_document() -> dict[str, Any]:
    """Return the document that publishes the keys (W3C DID 1.0, Multikey)."""
    did = issuer_id()
    methods = [
        {
            "id": f"{did}#{key.multibase}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key.multibase,
        }
        for key in signing_keys()
    ]
    return {
        "@context": CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
