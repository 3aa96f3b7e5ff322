"""WebKitGTK with a persistent profile folder: `python3 lasting-webkit.py PROFILE DOWNLOADS`.

WebKitWebDriver keeps nothing between two starts. This reads one JSON object per line from stdin, and replies to each with
one on stdout: {"id", "tab", "open": ADDRESS} waits until the page is loaded, {"id", "tab", "evaluate": BODY} runs the body of an
async function in it, {"id", "tab", "choose": [PATH]} sets the files that the next file chooser returns. It exits at the end of stdin.
"""
import json
import os
import sys

import gi

gi.require_version('Gtk', '3.0')
gi.require_version('WebKit2', '4.1')
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

profile, downloads = sys.argv[1:3]
manager = WebKit2.WebsiteDataManager(
    base_data_directory=os.path.join(profile, 'data'), base_cache_directory=os.path.join(profile, 'cache'))
context = WebKit2.WebContext.new_with_website_data_manager(manager)
tabs = {}
chosen = {}


def tell(number, **what):
    sys.stdout.write(json.dumps({'id': number, **what}) + '\n')
    sys.stdout.flush()


def choose(view, request, name):
    request.select_files(chosen.pop(name, []))
    return True


def tab(name):
    if name not in tabs:
        view = WebKit2.WebView.new_with_context(context)
        view.connect('run-file-chooser', choose, name)
        window = Gtk.Window(default_width=1200, default_height=900)
        window.add(view)
        window.show_all()
        tabs[name] = view
    return tabs[name]


def save(_context, download):
    download.connect('decide-destination', lambda each, name: each.set_destination(
        GLib.filename_to_uri(os.path.join(os.path.abspath(downloads), os.path.basename(name)), None)) or True)


def open_address(view, number, address):
    def changed(_view, event):
        if event == WebKit2.LoadEvent.FINISHED:
            view.disconnect(handler)
            tell(number, value=None)
    handler = view.connect('load-changed', changed)
    view.load_uri(address)


def evaluate(view, number, body):
    def done(_view, result):
        try:
            value = view.call_async_javascript_function_finish(result)
            tell(number, value=json.loads(value.to_json(0) or 'null'))
        except (GLib.Error, ValueError) as error:
            tell(number, error=str(error))
    view.call_async_javascript_function(body, -1, None, None, None, None, done)


def heard(channel, _condition):
    line = channel.readline()
    if not line:
        Gtk.main_quit()
        return False
    wish = json.loads(line)
    view = tab(wish['tab'])
    if 'open' in wish:
        open_address(view, wish['id'], wish['open'])
    elif 'evaluate' in wish:
        evaluate(view, wish['id'], wish['evaluate'])
    else:
        chosen[wish['tab']] = wish['choose']
        tell(wish['id'], value=None)
    return True


context.connect('download-started', save)
stdin = GLib.IOChannel.unix_new(sys.stdin.fileno())
stdin.set_encoding('utf-8')
GLib.io_add_watch(stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, heard)
Gtk.main()
