# Completion of 'git zodb' for bash: source it after git's own. Made from the commands; see GeneratedFilesTest.

_git_zodb ()
{
    local command i
    for ((i = 1; i < cword; i++)); do
        case ${words[i]} in
            demo | init | clone | status | fetch | pull | push | diff | reload | dump | load | verify | canonicalize | merge | conflicts | resolve | merge-file | install | uninstall | ls | cat | info) command=${words[i]}; break ;;
        esac
    done
    if [ -z "$command" ]; then
        __gitcomp "demo init clone status fetch pull push diff reload dump load verify canonicalize merge conflicts resolve merge-file install uninstall ls cat info"
        return
    fi
    case $command,$cur in
        demo,-*) __gitcomp "--quiet --verbose --debug --help --version" ;;
        init,-*) __gitcomp "--quiet --verbose --debug --name= --path= --only= --exact --settings= --skip-errors --dry-run --no-hooks --base= --help --version" ;;
        clone,-*) __gitcomp "--quiet --verbose --debug --name= --path= --only= --exact --settings= --skip-errors --dry-run --no-hooks --help --version" ;;
        status,-*) __gitcomp "--quiet --verbose --debug --name= --porcelain --json --branch --help --version" ;;
        fetch,-*) __gitcomp "--quiet --verbose --debug --name= --squash --dry-run --help --version" ;;
        pull,-*) __gitcomp "--quiet --verbose --debug --name= --rebase --dry-run --help --version" ;;
        push,-*) __gitcomp "--quiet --verbose --debug --name= --force-with-lease --dry-run --help --version" ;;
        diff,-*) __gitcomp "--quiet --verbose --debug --name= --stat --exit-code --json --help --version" ;;
        reload,-*) __gitcomp "--quiet --verbose --debug --name= --dry-run --help --version" ;;
        dump,-*) __gitcomp "--quiet --verbose --debug --from= --name= --output= --exact --keep-secrets --settings= --no-recurse --skip-errors --dry-run --help --version" ;;
        load,-*) __gitcomp "--quiet --verbose --debug --dir= --name= --into= --create --override --no-recurse --skip-errors --allow= --dry-run --help --version" ;;
        verify,-*) __gitcomp "--quiet --verbose --debug --dir= --name= --json --help --version" ;;
        canonicalize,-*) __gitcomp "--quiet --verbose --debug --dir= --name= --dry-run --help --version" ;;
        merge,-*) __gitcomp "--quiet --verbose --debug --favor= --message= --dry-run --help --version" ;;
        conflicts,-*) __gitcomp "--quiet --verbose --debug --json --help --version" ;;
        resolve,-*) __gitcomp "--quiet --verbose --debug --ours --theirs --base --union --value= --at= --dry-run --help --version" ;;
        merge-file,-*) __gitcomp "--quiet --verbose --debug --base= --ours= --theirs= --output= --decisions --help --version" ;;
        install,-*) __gitcomp "--quiet --verbose --debug --dry-run --help --version" ;;
        uninstall,-*) __gitcomp "--quiet --verbose --debug --dry-run --help --version" ;;
        ls,-*) __gitcomp "--quiet --verbose --debug --from= --name= --recursive --json --help --version" ;;
        cat,-*) __gitcomp "--quiet --verbose --debug --from= --name= --exact --settings= --help --version" ;;
        info,-*) __gitcomp "--quiet --verbose --debug --from= --name= --classes --sizes --json --help --version" ;;
        push,*) __git_complete_refs ;;
        diff,*) __git_complete_refs ;;
        verify,*) __git_complete_refs ;;
    esac
}
