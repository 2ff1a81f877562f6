// The completion scripts; a test holds them against the options that exist.
#include "generator/cli/completion.hpp"

namespace tenon::gen {
namespace {

constexpr std::string_view bash = R"(# bash completion for tenon and apply-plan
_tenon() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    local commands="generate validate verify explain resolve adopt schema new eject completion"
    if [[ $COMP_CWORD -eq 1 ]]; then
        COMPREPLY=($(compgen -W "$commands --help --version" -- "$current"))
        return
    fi
    case $previous in
        --out|--templates|--to) COMPREPLY=($(compgen -d -- "$current")); return ;;
        --spec) COMPREPLY=($(compgen -f -- "$current")); return ;;
        --on-conflict) COMPREPLY=($(compgen -W "new mine theirs abort" -- "$current")); return ;;
        --take) COMPREPLY=($(compgen -W "mine theirs merged" -- "$current")); return ;;
        --fail-on) COMPREPLY=($(compgen -W "destructive breaking breaks-api changes-api changes-schema changes-access widens-access narrows-access conflicts deletes" -- "$current")); return ;;
        --format) COMPREPLY=($(compgen -W "text json github" -- "$current")); return ;;
    esac
    case $command in
        generate) COMPREPLY=($(compgen -W "--out --on-conflict --restore --fail-on --allow-destructive --replace-migration --templates --format --help" -- "$current") $(compgen -f -- "$current")) ;;
        validate) COMPREPLY=($(compgen -W "--format --help" -- "$current") $(compgen -f -- "$current")) ;;
        verify) COMPREPLY=($(compgen -W "--json --templates --format --help" -- "$current") $(compgen -d -- "$current")) ;;
        explain) COMPREPLY=($(compgen -W "--out --json --templates --help" -- "$current") $(compgen -f -- "$current")) ;;
        resolve) COMPREPLY=($(compgen -W "--take --tool --json --help" -- "$current") $(compgen -f -- "$current")) ;;
        adopt) COMPREPLY=($(compgen -W "--spec --templates --format --help" -- "$current") $(compgen -d -- "$current")) ;;
        schema) COMPREPLY=($(compgen -W "spec plan conflicts manifest --help" -- "$current")) ;;
        new) COMPREPLY=($(compgen -W "--help" -- "$current")) ;;
        eject) COMPREPLY=($(compgen -W "templates schemas runtime --to --help" -- "$current")) ;;
        completion) COMPREPLY=($(compgen -W "bash zsh fish --help" -- "$current")) ;;
    esac
}
_apply_plan() {
    local current=${COMP_WORDS[COMP_CWORD]}
    COMPREPLY=($(compgen -W "--apply --diff --only --json --check --undo --fail-on --help --version" -- "$current") $(compgen -d -- "$current"))
}
complete -o filenames -F _tenon tenon
complete -o filenames -F _apply_plan apply-plan
)";

constexpr std::string_view zsh = R"(#compdef tenon apply-plan
# zsh completion for tenon and apply-plan
_tenon() {
    if [[ $service == apply-plan ]]; then
        _arguments '--apply[write the changes]' '--undo[take the last apply back]' '--diff[show them as diffs]' '*--only[only these files]:glob:' \
            '--fail-on[refuse such changes]:classes:' \
            '--json[report as JSON]' '--check[only set the exit code]' '--help' '--version' '1:project:_directories'
        return
    fi
    local -a commands=('generate:write a new project, or plan the changes of an existing one'
        'validate:check specs' 'verify:is the project what its spec generates' 'explain:where a line comes from' 'resolve:settle conflicts' 'adopt:take over a tree'
        'schema:print a JSON Schema'
        'new:write a starter spec' 'eject:write out built-in files' 'completion:print a completion script')
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
        generate) _arguments '--on-conflict[where both changed the same]:policy:(new mine theirs abort)' \
            '*--restore[bring deleted files back]:glob:' '--fail-on[exit with 5 on such changes]:classes:' \
            '--allow-destructive[migrations may lose data]' '*--replace-migration[emit anew]:migration:' \
            '--out[the project]:directory:_directories' '--templates[override]:directory:_directories' \
            '--format[of mistakes]:format:(text json github)' '--help' '*:spec:_files' ;;
        validate) _arguments '--format[of mistakes]:format:(text json github)' '--help' '*:spec:_files' ;;
        verify) _arguments '--json[for programs]' '--templates[override]:directory:_directories' \
            '--format[of mistakes]:format:(text json github)' '--help' '1:project:_directories' ;;
        explain) _arguments '--out[the project]:directory:_directories' '--json[for programs]' \
            '--templates[override]:directory:_directories' '--help' '1:place:_files' ;;
        resolve) _arguments '--take[this side]:side:(mine theirs merged)' '--tool[a merge tool]:command:' \
            '--json[for programs]' '--help' '1:project:_directories' '*:file:_files' ;;
        adopt) _arguments '--spec[the spec]:spec:_files' '--templates[override]:directory:_directories' \
            '--format[of mistakes]:format:(text json github)' '--help' '1:project:_directories' ;;
        schema) _arguments '--help' '1:schema:(spec plan conflicts manifest)' ;;
        new) _arguments '--help' '1:name:' ;;
        eject) _arguments '--to[where to]:directory:_directories' '--help' '*:part:(templates schemas runtime)' ;;
        completion) _arguments '--help' '1:shell:(bash zsh fish)' ;;
    esac
}
_tenon "$@"
)";

constexpr std::string_view fish = R"(# fish completion for tenon and apply-plan
complete -c tenon -n __fish_use_subcommand -f -a generate -d 'Write a new project, or plan changes'
complete -c tenon -n __fish_use_subcommand -f -a validate -d 'Check specs'
complete -c tenon -n __fish_use_subcommand -f -a verify -d 'Is the project what its spec generates'
complete -c tenon -n __fish_use_subcommand -f -a explain -d 'Where a line comes from'
complete -c tenon -n __fish_use_subcommand -f -a resolve -d 'Settle conflicts'
complete -c tenon -n __fish_use_subcommand -f -a adopt -d 'Take over a tree'
complete -c tenon -n __fish_use_subcommand -f -a schema -d 'Print a JSON Schema'
complete -c tenon -n __fish_use_subcommand -f -a new -d 'Write a starter spec'
complete -c tenon -n __fish_use_subcommand -f -a eject -d 'Write out built-in files'
complete -c tenon -n __fish_use_subcommand -f -a completion -d 'Print a completion script'
complete -c tenon -n __fish_use_subcommand -l version -d 'Print the version'
complete -c tenon -l help -d 'Explain'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l out -r -a '(__fish_complete_directories)' -d 'The project'
complete -c tenon -n '__fish_seen_subcommand_from generate verify' -l templates -r -a '(__fish_complete_directories)' -d 'Override templates'
complete -c tenon -n '__fish_seen_subcommand_from generate validate verify' -l format -x -a 'text json github' -d 'How mistakes are printed'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l on-conflict -x -a 'new mine theirs abort' -d 'Where both changed the same'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l restore -x -d 'Bring deleted files back'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l fail-on -x -a 'destructive breaks-api widens-access narrows-access conflicts' -d 'Exit with 5 on such changes'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l allow-destructive -d 'Migrations may lose data'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l replace-migration -x -d 'Emit anew'
complete -c tenon -n '__fish_seen_subcommand_from explain resolve verify' -l json -d 'For programs'
complete -c tenon -n '__fish_seen_subcommand_from resolve' -l take -x -a 'mine theirs merged' -d 'This side'
complete -c tenon -n '__fish_seen_subcommand_from resolve' -l tool -x -d 'A merge tool'
complete -c tenon -n '__fish_seen_subcommand_from adopt' -l spec -r -d 'The spec'
complete -c tenon -n '__fish_seen_subcommand_from schema' -f -a 'spec plan conflicts manifest'
complete -c tenon -n '__fish_seen_subcommand_from eject' -f -a 'templates schemas runtime'
complete -c tenon -n '__fish_seen_subcommand_from eject' -l to -r -a '(__fish_complete_directories)' -d 'Where to'
complete -c tenon -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'
complete -c apply-plan -f -a '(__fish_complete_directories)'
complete -c apply-plan -l apply -d 'Write the changes'
complete -c apply-plan -l undo -d 'Take the last apply back'
complete -c apply-plan -l diff -d 'Show them as diffs'
complete -c apply-plan -l only -x -d 'Only these files'
complete -c apply-plan -l fail-on -x -d 'Refuse such changes'
complete -c apply-plan -l json -d 'Report as JSON'
complete -c apply-plan -l check -d 'Only set the exit code'
complete -c apply-plan -l help -d 'Explain'
complete -c apply-plan -l version -d 'Print the version'
)";

}  // namespace

std::string_view completion_script(std::string_view shell) {
    if (shell == "bash") return bash;
    return shell == "zsh" ? zsh : fish;
}

}  // namespace tenon::gen
