"""Holds SBOMs against the published schemas and says what is wrong with each; called by check-sboms."""

import json
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL, ValidationSeverity
from spdx_tools.spdx.parser.error import SPDXParsingError
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

# Not wrong, whatever the package's own list says: purl-spec has since made namespaces optional that were required
# (syft's `pkg:golang/stdlib@1.22.5` is right), and its list of types was never a closed one (syft's `pkg:nix/…`).
NOT_WRONG = ("Namespace is required for purl type", "Unexpected purl type")


def cyclonedx(path, document):
    """What is wrong with a CycloneDX document, and its purls."""
    with open(path, encoding="utf-8") as file:
        error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(file.read())
    # Relations that the schema itself cannot state.
    references = [one["bom-ref"] for one in document["components"]]
    doubled = len(references) - len(set(references))
    wrong = [str(error)] if error else []
    if doubled:
        wrong.append(f"{doubled} bom-refs are used twice")
    if document["specVersion"] != "1.6":
        wrong.append(f"its specVersion is {document['specVersion']}")
    return wrong, [one["purl"] for one in document["components"] if "purl" in one]


def spdx(path, document):
    """What is wrong with an SPDX document, and its purls."""
    try:
        wrong = [one.validation_message for one in validate_full_spdx_document(parse_file(path), "SPDX-2.3")]
    except SPDXParsingError as error:
        wrong = error.get_messages()
    references = (one for package in document["packages"] for one in package.get("externalRefs", []))
    return wrong, [one["referenceLocator"] for one in references if one["referenceType"] == "purl"]


def wrong_with_purl(text):
    """What the purl rules say against a purl."""
    try:
        purl = PackageURL.from_string(text)
    except ValueError as error:
        return [f"{text!r}: {error}"]
    errors = (one for one in purl.validate() if one.severity == ValidationSeverity.ERROR)
    return [f"{text!r}: {one.message}" for one in errors if not one.message.startswith(NOT_WRONG)]


def check(path):
    """Says what a document is and what is wrong with it; answers whether anything is."""
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    kind, look = ("CycloneDX 1.6", cyclonedx) if "bomFormat" in document else ("SPDX 2.3", spdx)
    wrong, purls = look(path, document)
    for purl in purls:
        wrong += wrong_with_purl(purl)
    for one in wrong:
        print(f"error: {path}: {one}", file=sys.stderr)
    print(f"{path}: {kind}, {len(purls)} purls, {'wrong' if wrong else 'valid'}")
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if all([check(path) for path in sys.argv[1:]]) else 1)
