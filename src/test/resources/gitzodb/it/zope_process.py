"""Zope, imported once, for many short jobs: each opens a database, does one thing, closes it.

Each line of standard input is the words of one job, in base64, separated by spaces. The first word is "effect"
(zope_effect.py), "edit" (live_edit.py), "check" (checkfs.py) or "do" (DATA_FS USER NOTE CODE: runs CODE with "at",
"app", "root", "db" and commits). The answer is one line: exit status, then output and errors in base64, "-" for none.
"""
import base64
import contextlib
import io
import sys
import traceback

sys.path.insert(0, sys.argv[1])
import checkfs
import live_edit
import zope_effect

zope_effect.load_zcml('site')


def do(data_fs, user, note, code):
    args = zope_effect.parser().parse_args(
        ['--fs', data_fs, '--zcml', 'none', '--wait', '10', 'edit', '/', ''])
    with contextlib.ExitStack() as stack:
        zope = zope_effect.Zope(args, stack)
        exec(code, {'at': zope.resolve, 'app': zope.app, 'root': zope.conn.root(), 'db': zope.db, 'tm': zope.tm})
        txn = zope.tm.get()
        txn.user = user
        txn.note(note)
        zope.tm.commit()
    return 0


def effect(*words):
    return zope_effect.main(['--zcml', 'none'] + list(words))


def edit(*words):
    return live_edit.main(list(words))


def check(*words):
    return checkfs.main(list(words))


def run(words):
    try:
        return {'effect': effect, 'edit': edit, 'check': check, 'do': do}[words[0]](*words[1:]) or 0
    except SystemExit as e:
        return e.code if isinstance(e.code, int) else 2
    except Exception:
        traceback.print_exc()
        return 70


def encoded(text):
    return base64.b64encode(text.encode('utf-8', 'surrogateescape')).decode() or '-'


for line in sys.stdin:
    words = [base64.b64decode(word).decode() for word in line.rstrip('\n').split(' ')]
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        status = run(words)
    print(status, encoded(output.getvalue()), encoded(errors.getvalue()), flush=True)
