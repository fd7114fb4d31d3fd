"""
Renders templates as Home Assistant does: [[template, payload, variables], ...] on standard input, the texts on standard output. As in its MQTT integration,
`value` is the payload and `value_json` what it holds if it is JSON.
"""

import json
import sys

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)


def render(template, payload, variables):
    names = {"value": payload, **variables}
    try:
        names["value_json"] = json.loads(payload)
    except ValueError:
        pass
    return environment.from_string(template).render(names).strip()


json.dump([render(*each) for each in json.load(sys.stdin)], sys.stdout)
