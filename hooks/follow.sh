# Sourced by the hooks beside it. Decides without a JVM whether a database is out of step with HEAD, and what to do.
#
# Every database bound to this work tree has $GIT_DIR/zodb/NAME/state with lines "key value": database, path (the tree
# folder), tree (id of the folder that is loaded; zeros while a load is under way) and follow (switch, all or off).
# $GIT_DIR/zodb/NAME/pending says: HEAD may have moved since; compare. Hooks never break git: they exit 0 unless
# zodb.hookStrict is set. See src/docs/git-side.md.

hook=${0##*/}
here=${0%/*}

# Sets dir to the git folder of this work tree, or ends the hook when no database is bound to it.
find_dir() {
    [ "${GIT_ZODB-}" != 0 ] || exit 0
    if [ -n "${GIT_DIR-}" ]; then
        dir=$GIT_DIR
    elif [ -d .git ]; then
        dir=.git
    else
        dir=$(git rev-parse --git-dir 2>/dev/null) || exit 0
    fi
    for state in "$dir"/zodb/*/state; do
        [ -f "$state" ] || exit 0
        break
    done
}

# Leaves the mark for all databases; costs no process.
mark_all() {
    for state in "$dir"/zodb/*/state; do
        : >"${state%/state}/pending" || :
    done
}

# Reads a state file into database, path, tree and follow.
read_state() {
    database='' path='' tree='' follow=switch
    while read -r key value; do
        case $key in
            database) database=$value ;;
            path) path=$value ;;
            tree) tree=$value ;;
            follow) follow=$value ;;
        esac
    done <"$1"
}

# Whether the folder of HEAD is the one that is loaded. No folder, no commit: the empty tree.
in_step() {
    now=$(git rev-parse --verify --quiet "HEAD:$path" 2>/dev/null) || now=4b825dc642cb6eb9a060e54bf8d69288fbee4904
    [ "$now" = "$tree" ]
}

# What moved HEAD last, as its reflog says: "commit: …", "revert: …", "rebase (start): …".
last_action() {
    git log -g -1 --format=%gs HEAD -- 2>/dev/null
}

# Whether more of the same operation is to come, so that loading now would be wasted or wrong.
unfinished() {
    if [ -e "$dir/rebase-merge" ]; then
        return 0
    fi
    if [ -e "$dir/rebase-apply" ]; then
        # git am ends without a hook of its own: its last patch counts as the end.
        [ -e "$dir/rebase-apply/applying" ] || return 0
        read -r next <"$dir/rebase-apply/next" && read -r last <"$dir/rebase-apply/last" || return 0
        [ "$next" -lt "$last" ]
        return
    fi
    if [ -e "$dir/sequencer/todo" ]; then
        picks=0
        while read -r verb _; do
            case $verb in pick | revert) picks=$((picks + 1)) ;; esac
        done <"$dir/sequencer/todo"
        [ "$picks" -gt 1 ]
        return
    fi
    return 1
}

advise() {
    printf 'git zodb: %s\n' "$1" >&2
}

# reload NAME ARGUMENTS: starts git-zodb; what it refuses it says itself.
reload() {
    for launcher in "$here/../git-extension/git-zodb" "$here/../git-zodb" git-zodb; do
        if command -v "$launcher" >/dev/null 2>&1; then
            break
        fi
        launcher=
    done
    name=$1
    shift
    if [ -z "$launcher" ]; then
        advise "$name was not loaded: git-zodb is not found; put it on PATH and run 'git zodb install'"
        status=127
    else
        (
            unset GIT_INDEX_FILE GIT_PREFIX GIT_REFLOG_ACTION GIT_EDITOR
            exec "$launcher" hook "$hook" --name "$name" "$@" </dev/null
        )
        status=$?
        case $status in
            0 | 1 | 2 | 3 | 65 | 69 | 75) ;;
            *) advise "$name did not follow HEAD; run 'git zodb reload'" ;;
        esac
    fi
    if [ "$status" != 0 ] && [ "$(git config --type=bool zodb.hookStrict 2>/dev/null)" = true ]; then
        exit 1
    fi
}

# follow_head WHEN ARGUMENTS: brings all databases to HEAD. WHEN is "switch" for an operation that changed the work
# tree, "commit" for one that only recorded it.
follow_head() {
    when=$1
    shift
    for state in "$dir"/zodb/*/state; do
        read_state "$state"
        if in_step; then
            rm -f "${state%/state}/pending" "${state%/state}/refused"
            continue
        fi
        : >"${state%/state}/pending" || :
        # The state file says what was configured when it was written.
        ! configured=$(git config "zodb.$database.follow" 2>/dev/null) || follow=$configured
        case $follow:$when in
            off:*) advise "$database is not at HEAD; run 'git zodb reload' or 'git zodb push'" ;;
            switch:commit) advise "$database does not have this commit yet; run 'git zodb push'" ;;
            *) reload "$database" "$@" ;;
        esac
    done
}
