"""Certificates in the wrong Region: of the custom domain, and of the APIs."""

from __future__ import annotations

from typing import Any, Final

from tests.policies.mutants.edits import GONE, Edit, add, all_of, move, put
from tests.policies.mutants.kit import Maker, Mutant

AUTH: Final = "customDomainConfig.certificateArn"
API: Final = "domainNameConfiguration"


def _arn(region: str) -> str:
    return f"arn:aws:acm:{region}:$account:certificate/moved"


def _domain(value: Any) -> Edit:
    return put("UserPoolDomain", AUTH, value, "auth-domain")


def _custom() -> list[Mutant]:
    maker = Maker("certificate-in-us-east-1")
    regions = ("us-west-1", "eu-west-1", "eu-central-1", "ap-southeast-2", "sa-east-1")
    moved = all_of(
        put("Certificate", "arn", _arn("eu-west-3"), "*auth-certificate"),
        move("Certificate", "eu-west-3", "*auth-certificate"),
        put("CertificateValidation", "certificateArn", _arn("eu-west-3"), "*auth"),
        _domain(_arn("eu-west-3")),
    )
    classic = {"domain": "login.example.org", "userPoolId": "$pool", "certificateArn": _arn("eu-west-1")}
    return [
        *(maker.prop(f"a certificate in {region}", _domain(_arn(region))) for region in regions),
        maker.prop("another partition", _domain("arn:aws-cn:acm:cn-north-1:$account:certificate/x")),
        maker.prop("a server certificate of IAM", _domain("arn:aws:iam::$account:server-certificate/x")),
        maker.prop("a secret", _domain("arn:aws:secretsmanager:us-east-1:$account:secret:x")),
        maker.prop("the certificate's bare ID", _domain("0a1b2c3d")),
        maker.component("the domain's certificate requested elsewhere", moved),
        maker.state(
            "a second domain by the classic provider",
            add("aws:cognito/userPoolDomain:UserPoolDomain", "classic", **classic),
            {"domain-routing-uses-serving-check": "a custom domain of the classic provider has no routing"},
        ),
    ]


def _regional() -> list[Mutant]:
    maker, kind = Maker("regional-certificates"), "DomainName"
    shared = [put(kind, f"{API}.certificateArn", _arn("eu-north-1"), name) for name in ("$primary", "$secondary")]
    native = {"domainName": "x.example.org"}
    wrong = [{"certificateArn": _arn("$primary"), "endpointType": "REGIONAL"}]
    found = [
        maker.prop(f"{name}: {words}", put(kind, f"{API}.{path}", value, name))
        for name in ("$primary", "$secondary")
        for words, path, value in (
            ("a certificate of a third Region", "certificateArn", _arn("sa-east-1")),
            ("no certificate's ARN", "certificateArn", "arn:aws:acm::$account:certificate"),
            ("edge-optimised", "endpointType", "EDGE"),
            ("private", "endpointType", "PRIVATE"),
            ("no endpoint type", "endpointType", GONE),
        )
    ]
    return [
        *found,
        maker.component("one certificate for both Regions", all_of(*shared)),
        maker.component(
            "the secondary's certificate in the primary",
            put(kind, f"{API}.certificateArn", _arn("$primary"), "$secondary"),
        ),
        maker.component(
            "the primary's certificate in the secondary",
            put(kind, f"{API}.certificateArn", _arn("$secondary"), "$primary"),
        ),
        maker.prop("the API's name in another Region", move(kind, "eu-north-1", "$secondary")),
        maker.state(
            "a name by the other provider",
            add("aws-native:apigatewayv2:DomainName", "native", "$secondary", **native, domainNameConfigurations=wrong),
        ),
    ]


MUTANTS: Final = [*_custom(), *_regional()]
