"""Every service's model, spoken with botocore: what its serializers write we read back, what we write its parsers read back.

Values are made up from a seed after the models, all operations of all services that `wire` has tables of, in each protocol of the service.
More of them: WIRE_CASES=300 WIRE_SEED=7 pytest e2e/test_wire.py
"""

import base64
import copy
import datetime
import json
import math
import os
import pathlib
import random
import subprocess

import botocore
import botocore.parsers
import botocore.serialize
import botocore.session
import pytest
from botocore.awsrequest import HeadersDict, create_request_object, prepare_request_dict
from botocore.model import ServiceModel

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = int(os.environ.get("WIRE_CASES", "25"))
SEED = int(os.environ.get("WIRE_SEED", "1"))
TEXTS = ["x", "a b", "é<&>\"'", "0", "a/b+c=d%20", "x" * 30, "名前", '{"a":1}']


def pinned():
    lines = (ROOT / "crates/wire/botocore.pin").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith("version "))


def services():
    return sorted(path.stem.replace("_", "-") for path in (ROOT / "crates/wire/src/tables").glob("*.txt"))


class Wire:
    """The program that reads and writes with crate `wire`."""

    def __init__(self):
        build = ["cargo", "build", "--quiet", "--locked", "--package", "wire", "--example", "speak"]
        subprocess.run(build, cwd=ROOT, check=True)
        target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([target / "debug/examples/speak"], **pipes)

    def ask(self, question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        assert self.process.wait() == 0


@pytest.fixture(scope="module")
def wire():
    if botocore.__version__ != pinned():
        pytest.skip(f"botocore {botocore.__version__} is installed, the tables are of {pinned()}")
    program = Wire()
    yield program
    program.close()


class Maker:
    """Makes up values of shapes. `None` where nothing can be said."""

    def __init__(self, rng, says_empty):
        self.rng = rng
        self.says_empty = says_empty

    def value(self, shape, depth=0):
        rng = self.rng
        match shape.type_name:
            case "structure":
                return self.structure(shape, depth)
            case "list":
                entries = [self.value(shape.member, depth + 1) for _ in range(rng.randint(1, 3) if depth < 7 else 1)]
                return None if None in entries else entries
            case "map":
                names = {rng.choice("abcXYZ") + str(rng.randint(0, 99)) for _ in range(rng.randint(1, 3))}
                entries = {name: self.value(shape.value, depth + 1) for name in sorted(names)}
                return None if None in entries.values() else entries
            case "string":
                return rng.choice(shape.enum or TEXTS)
            case "integer":
                return rng.randint(-5, 2**31 - 1)
            case "long":
                return rng.randint(-(2**53), 2**53)
            case "float" | "double":
                return rng.choice([0.5, 1.0, -3.25, 1e10, 123456.789])
            case "boolean":
                return rng.random() < 0.5
            case "blob":
                return rng.randbytes(rng.randint(1, 9))
            case "timestamp":
                return datetime.datetime.fromtimestamp(rng.randint(0, 2_000_000_000), datetime.UTC)
        raise AssertionError(shape.type_name)

    def structure(self, shape, depth):
        if shape.is_document_type:
            return {"a": [1, "x", True], "b": {"c": 1.5}}
        members = [(name, member) for name, member in shape.members.items() if not member.serialization.get("eventstream")]
        if shape.is_tagged_union:
            members = [self.rng.choice(members)]
        made = {}
        for name, member in members:
            needed = name in shape.required_members or shape.is_tagged_union or member.serialization.get("location") == "uri"
            if depth <= 9 and (needed or (depth <= 4 and self.rng.random() < 0.45)):
                value = self.value(member, depth + 1)
                if value is not None:
                    made[name] = value
        # The query protocols have no way to say that a structure is there and empty.
        if not made and depth > 0 and not self.says_empty:
            return None
        return made


def plain(value):
    match value:
        case dict():
            return {name: plain(held) for name, held in value.items() if held is not None}
        case list():
            return [plain(held) for held in value]
        case bytes():
            return {"blob": base64.b64encode(value).decode()}
        case datetime.datetime():
            return {"time": round(value.timestamp() * 1000)}
    return value


def difference(wanted, got, path=""):
    if isinstance(wanted, dict) and isinstance(got, dict):
        for name in sorted(wanted.keys() | got.keys()):
            if name not in got or name not in wanted:
                return f"{path}.{name} is {'missing' if name in wanted else 'too much'}"
            if found := difference(wanted[name], got[name], f"{path}.{name}"):
                return found
        return None
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        pairs = enumerate(zip(wanted, got, strict=True))
        return next((found for at, pair in pairs if (found := difference(*pair, f"{path}[{at}]"))), None)
    if isinstance(wanted, float) and isinstance(got, (int, float)):
        return None if math.isclose(wanted, got, rel_tol=1e-9) else f"{path}: {got} instead of {wanted}"
    return None if wanted == got else f"{path}: {got!r} instead of {wanted!r}"


def check_request(wire, protocol, operation, rng):
    says_empty = protocol not in ("query", "ec2")
    params = operation.input_shape and Maker(rng, says_empty).value(operation.input_shape) or {}
    serializer = botocore.serialize.create_serializer(protocol, include_validation=False)
    request = serializer.serialize_to_request(copy.deepcopy(params), operation)
    prepare_request_dict(request, "https://host.example", context={})
    prepared = create_request_object(request).prepare()
    body = prepared.body or b""
    answer = wire.ask({"request": {
        "method": prepared.method,
        "uri": prepared.url.removeprefix("https://host.example") or "/",
        "headers": {name: value.decode() if isinstance(value, bytes) else value for name, value in prepared.headers.items()},
        "body": base64.b64encode(body if isinstance(body, bytes) else body.encode()).decode(),
    }})
    assert "fault" not in answer, f"{answer['fault']} of {params} as {body}"
    assert answer["operation"] == operation.name, prepared.url
    wanted = plain(params)
    for name, member in operation.input_shape.members.items() if operation.input_shape else ():
        if member.metadata.get("idempotencyToken") and name not in wanted:
            answer["value"].pop(name, None)
    assert (found := difference(wanted, answer["value"])) is None, f"{found} of {wanted} as {body}"


def check_reply(wire, service, at, protocol, operation, rng):
    shape = operation.output_shape
    if shape is None or operation.has_event_stream_output or operation.has_streaming_output:
        return
    wanted = plain(Maker(rng, True).value(shape))
    reply = wire.ask({"reply": {"service": service, "operation": operation.name, "protocol": at, "value": wanted}})
    response = {
        "status_code": reply["status"],
        "headers": HeadersDict(reply["headers"]),
        "body": base64.b64decode(reply["body"]),
        "context": {"operation_name": operation.name},
    }
    parsed = botocore.parsers.create_parser(protocol).parse(response, shape)
    assert parsed.pop("ResponseMetadata")["RequestId"] == "id-1"
    assert (found := difference(wanted, plain(parsed))) is None, f"{found} of {response['body']}"


@pytest.mark.parametrize("service", services())
def test_botocore_and_wire_say_the_same(wire, service):
    loader = botocore.session.get_session().get_component("data_loader")
    model = ServiceModel(loader.load_service_model(service, "service-2"), service)
    rng = random.Random(f"{SEED} {service}")
    for at, protocol in enumerate(model.metadata["protocols"]):
        model.metadata["protocol"] = protocol
        for _ in range(CASES):
            operation = model.operation_model(rng.choice(model.operation_names))
            where = f"{service} {protocol} {operation.name}"
            try:
                check_request(wire, protocol, operation, rng)
                check_reply(wire, service, at, protocol, operation, rng)
            except AssertionError as error:
                pytest.fail(f"{where}: {error}")
