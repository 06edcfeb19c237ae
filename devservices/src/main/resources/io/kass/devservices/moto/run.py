"""Runs moto's server on the loopback interface: python3 run.py PORT

It ends when its standard input does, so that none outlives whoever started it, however that ended.
Three things are unlike what the services themselves promise, and are mended here. Requests come one
after the other: moto looks at a condition and then writes, and another thread could write between the
two. A transaction that fails takes back what it did to its own items, instead of copying the whole
table first, which takes longer with every item. And keys of objects may have line breaks.
"""
import copy
import logging
import os
import sys
import threading

from moto.dynamodb import models
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.moto_server.utilities import RegexConverter
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, run_simple


class CopiesNoTable:
    @staticmethod
    def deepcopy(value):
        return value if isinstance(value, Table) else copy.deepcopy(value)


def keys(table, operation):
    source = operation.get("Key") or operation.get("Item")
    names = [table.hash_key_attr] + ([table.range_key_attr] if table.range_key_attr else [])
    return [DynamoType(source[name]) for name in names]


def transact(self, items):
    before = []
    for item in items:
        operation = next(iter(item.values()))
        table = self.tables.get(operation.get("TableName"))
        if table is not None:
            first, *second = keys(table, operation)
            there = table.items.get(first)
            if second:
                there = (there or {}).get(second[0])
            before.append((table, first, second, copy.deepcopy(there)))
    try:
        return original(self, items)
    except Exception:
        for table, first, second, there in before:
            place, key = (table.items[first], second[0]) if second else (table.items, first)
            if there is None:
                place.pop(key, None)
            else:
                place[key] = there
        raise


original = models.DynamoDBBackend.transact_write_items
models.DynamoDBBackend.transact_write_items = transact
models.copy = CopiesNoTable

begin = RegexConverter.__init__


def with_line_breaks(self, url_map, *items):
    begin(self, url_map, *items)
    self.regex = "(?s:" + self.regex + ")"


RegexConverter.__init__ = with_line_breaks

one_at_a_time = threading.Lock()
moto = DomainDispatcherApplication(create_backend_app)


def application(environ, start_response):
    with one_at_a_time:
        return list(moto(environ, start_response))


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body of an answer are two packets; the second one must not wait for the client's word.
    disable_nagle_algorithm = True

    def log(self, *arguments):
        pass


def end_with_input():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
logging.disable(logging.INFO)
run_simple("127.0.0.1", int(sys.argv[1]), application, threaded=True, request_handler=Quiet)
