"""Runs Prometheus against the gateway at BACKPLANE_URL, whose metrics are at BACKPLANE_MANAGEMENT, and checks that it
gets something for every query of the dashboard, and that the alerts can be evaluated: the one about the backend that is
not there is on its way, and no other is. The argument is a directory for its data."""

import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

GATEWAY = os.environ["BACKPLANE_URL"]
WORK = pathlib.Path(sys.argv[1])
DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "monitoring"
# Watches both the store and its calls.
EXPECTED = {"BackplaneStoreDown", "BackplaneStoreFailing", "BackplaneErrors"}

with socket.create_server(("127.0.0.1", 0)) as free:
    ADDRESS = "127.0.0.1:%d" % free.getsockname()[1]


def prometheus():
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(DOCS / "alerts.yaml")],
        "scrape_configs": [
            {"job_name": "backplane", "static_configs": [{"targets": [os.environ["BACKPLANE_MANAGEMENT"]]}]}
        ],
    }
    (WORK / "prometheus.yml").write_text(json.dumps(config))
    return subprocess.Popen(
        [
            "prometheus",
            "--config.file=%s" % (WORK / "prometheus.yml"),
            "--storage.tsdb.path=%s" % (WORK / "data"),
            "--web.listen-address=" + ADDRESS,
        ],
        stderr=(WORK / "prometheus.log").open("w"),
    )


def ask(path, **query):
    url = "http://%s/api/v1/%s?%s" % (ADDRESS, path, urllib.parse.urlencode(query))
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)["data"]


def values(query):
    return ask("query", query=query)["result"]


def send(method, path, body=None):
    request = urllib.request.Request(GATEWAY + path, method=method, data=body)
    request.add_header("Content-Type", "application/json")
    try:
        urllib.request.urlopen(request, timeout=30).close()
    except urllib.error.HTTPError:
        pass  # some are meant to fail


def load():
    """One of everything that is counted: answers, refusals, calls of stores that work and that fail, garbage."""
    send("POST", "/api/things", b'{"text": "%s"}' % (b"x" * 500_000))
    for path in ("/api/things?_limit=50", "/api/nothing", "/api/things?_limit=x", "/api/gone/1"):
        send("GET", path)


def await_true(what, condition):
    for _ in range(120):
        load()
        try:
            if condition():
                return
        except OSError:
            pass  # it is not up yet
        time.sleep(0.5)
    sys.exit("monitoring: not within a minute: " + what)


def panels(dashboard):
    for panel in dashboard["panels"]:
        yield from ((panel["title"], target["expr"]) for target in panel.get("targets", []))


def check_dashboard():
    shown = 0
    for title, query in panels(json.loads((DOCS / "dashboard.json").read_text())):
        for variable, value in (("$job", ".*"), ("$instance", ".*"), ("$__rate_interval", "1m")):
            query = query.replace(variable, value)
        await_true("a value for '%s': %s" % (title, query), lambda: values(query))
        shown += 1
    return shown


def alerts():
    rules = ask("rules")["groups"][0]["rules"]
    broken = [(rule["name"], rule.get("lastError")) for rule in rules if rule["health"] != "ok"]
    if broken:
        sys.exit("monitoring: alerts that cannot be evaluated: %s" % broken)
    return {rule["name"]: rule["state"] for rule in rules}


def main():
    server = prometheus()
    try:
        await_true("ten scrapes", lambda: values("count_over_time(up[1m]) >= 10 and up == 1"))
        shown = check_dashboard()
        await_true("the alert of the store that is down", lambda: alerts()["BackplaneStoreDown"] == "pending")
        raised = {name for name, state in alerts().items() if state != "inactive"}
        if not raised <= EXPECTED:
            sys.exit("monitoring: alerts without a reason: %s" % (raised - EXPECTED))
        print("monitoring: %d queries of the dashboard and %d alerts on a real Prometheus" % (shown, len(alerts())))
    finally:
        server.terminate()
        server.wait()


main()
