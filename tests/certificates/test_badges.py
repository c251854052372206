"""Badges verify with other code than ours, for as long as their key is published."""

import hashlib
import json
from datetime import date
from importlib.resources import files

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyld import jsonld

from courses.progress.models import LessonProgress, LessonState
from tests.player.conftest import (
    lena,
    lena_client,
    published_shelf,
    shelf,
    visitor,
)

__all__ = ["lena", "lena_client", "published_shelf", "shelf", "visitor"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
PATH = "/kurse/spuren/bescheinigung/abzeichen/"
CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": (
        "ob-v3p0-context-3.0.3.json"
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        "ob-v3p0-extensions.json"
    ),
    "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2.json",
}
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def decode_base58(text: str) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + BASE58.index(letter)
    # Each leading zero byte is written as a "1", which the number does not hold.
    zeros = len(text) - len(text.lstrip(BASE58[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def offline(url: str, options: object) -> dict:
    """Load the contexts that the standards name, from files only."""
    text = (
        files("openbadgeslib.ob3.contexts").joinpath(CONTEXTS[url]).read_text("utf-8")
    )
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(text)}


def canonical(document: dict) -> bytes:
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": offline,
    }
    return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()


def verify(badge: dict, did_document: dict) -> None:
    """Follow the W3C's eddsa-rdfc-2022 by hand; raises InvalidSignature."""
    bare = json.loads(json.dumps(badge))
    proof = bare.pop("proof")
    value = decode_base58(proof.pop("proofValue").removeprefix("z"))
    methods = {m["id"]: m for m in did_document["verificationMethod"]}
    method = methods[proof["verificationMethod"]]
    raw = decode_base58(method["publicKeyMultibase"].removeprefix("z"))
    assert raw[:2] == b"\xed\x01"
    signed = canonical({"@context": bare["@context"], **proof}) + canonical(bare)
    Ed25519PublicKey.from_public_bytes(raw[2:]).verify(value, signed)


@pytest.fixture(autouse=True)
def https(settings) -> None:
    settings.SITE_URL = "https://lernen.example.de"


def earn(shelf, lena, client) -> dict:
    for page in (shelf.first, shelf.second):
        LessonProgress.objects.get_or_create(
            user=lena,
            lesson_key=page.translation_key,
            defaults={"state": LessonState.DONE, "day": date(2026, 11, 3)},
        )
    response = client.post(PATH)
    assert "attachment" in response["Content-Disposition"]
    return response.json()


def test_a_badge_verifies_with_the_published_key(
    shelf, lena, lena_client, visitor
) -> None:
    badge = earn(shelf, lena, lena_client)
    published = visitor.get("/.well-known/did.json").json()

    verify(badge, published)
    assert published["id"] == "did:web:lernen.example.de"
    assert badge["issuer"]["id"] == published["id"]
    assert {"VerifiableCredential", "OpenBadgeCredential"} <= set(badge["type"])
    subject = badge["credentialSubject"]
    assert subject["achievement"]["name"] == "Datenspuren lesen"
    assert badge["proof"]["cryptosuite"] == "eddsa-rdfc-2022"


@pytest.mark.parametrize("place", ["name", "validFrom"])
def test_a_changed_badge_does_not_verify(
    shelf, lena, lena_client, visitor, place
) -> None:
    badge = earn(shelf, lena, lena_client)
    badge[place] = "2020-01-01T00:00:00Z" if place == "validFrom" else "Doktor"

    with pytest.raises(InvalidSignature):
        verify(badge, visitor.get("/.well-known/did.json").json())


def test_after_a_rotation_old_and_new_badges_verify(
    shelf, lena, lena_client, visitor, settings
) -> None:
    old = earn(shelf, lena, lena_client)
    settings.BADGE_KEYS = ["a-new-key", *settings.BADGE_KEYS]
    new = earn(shelf, lena, lena_client)
    published = visitor.get("/.well-known/did.json").json()

    verify(old, published)
    verify(new, published)
    used = {b["proof"]["verificationMethod"] for b in (old, new)}
    assert len(used) == 2


def test_a_badge_names_nobody_and_no_time(shelf, lena, lena_client) -> None:
    first, second = (earn(shelf, lena, lena_client) for _ in range(2))
    subject = first["credentialSubject"]["id"]

    assert subject.startswith("urn:uuid:")
    assert subject != second["credentialSubject"]["id"]
    assert "Lena" not in json.dumps(first)
    times = [first["validFrom"], first["proof"]["created"]]
    assert all(each.endswith("-01T00:00:00Z") for each in times)


def test_a_badge_ends_with_the_last_day_of_the_paper(shelf, lena, lena_client) -> None:
    shelf.course.valid_months = 12
    shelf.course.save_revision().publish()
    badge = earn(shelf, lena, lena_client)  # learned on 3 November 2026

    assert badge["validUntil"] == "2027-12-01T00:00:00Z"


def test_a_competence_points_to_where_it_is_defined(shelf, lena, lena_client) -> None:
    shelf.course.competences = {"digcomp": ["4.2"]}
    shelf.course.save_revision().publish()
    [alignment] = earn(shelf, lena, lena_client)["credentialSubject"]["achievement"][
        "alignment"
    ]

    assert alignment["targetUrl"] == "https://doi.org/10.5281/zenodo.17780383"


def test_without_keys_no_badge_is_offered(
    shelf, lena, lena_client, visitor, settings
) -> None:
    earn(shelf, lena, lena_client)
    settings.BADGE_KEYS = []

    page = lena_client.get("/kurse/spuren/bescheinigung/").content.decode()
    assert "abzeichen" not in page
    assert lena_client.post(PATH).status_code == 302
    assert visitor.get("/.well-known/did.json").status_code == 404


def test_only_who_finished_gets_one(shelf, lena_client, visitor) -> None:
    assert lena_client.post(PATH)["Location"] == "/kurse/spuren/bescheinigung/"
    assert visitor.post(PATH)["Location"] == "/kurse/spuren/bescheinigung/"


def test_the_signature_is_64_bytes_in_base58(shelf, lena, lena_client) -> None:
    value = earn(shelf, lena, lena_client)["proof"]["proofValue"]

    assert len(decode_base58(value.removeprefix("z"))) == 64
