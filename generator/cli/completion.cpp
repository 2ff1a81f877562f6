// The completion scripts; a test holds them against the options that exist.
#include "generator/cli/completion.hpp"

#include "generator/plan/gate.hpp"

namespace tenon::gen {
namespace {

constexpr std::string_view bash = R"(# bash completion for tenon and apply-plan
# Words come from lists; files and folders are left to readline, which knows how to quote spaces.
_tenon_words() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
}
_tenon_folders() {
    compopt +o default -o dirnames
}
# What stands before the cursor: --format=js arrives as the three words --format, = and js.
_tenon_context() {
    current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} COMPREPLY=()
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
}
_tenon_classes="@CLASSES@"
_tenon() {
    local current previous command=${COMP_WORDS[1]} options words=
    local commands="generate validate verify explain resolve adopt schema new eject completion"
    _tenon_context
    if [[ $COMP_CWORD -eq 1 ]]; then
        _tenon_words "$commands help --help --version"
        return
    fi
    case $previous in
        --out|--templates|--to) _tenon_folders; return ;;
        --spec) return ;;
        --on-conflict) _tenon_words "new mine theirs abort"; return ;;
        --take) _tenon_words "mine theirs merged"; return ;;
        --fail-on) _tenon_words "$_tenon_classes"; return ;;
        --format) _tenon_words "text json github"; return ;;
    esac
    case $command in
        generate) options="--out --on-conflict --restore --fail-on --allow-destructive --replace-migration --templates --format --json" ;;
        validate) options="--format --json" ;;
        verify) options="--json --templates --format" ;;
        explain) options="--out --json --templates --codes" ;;
        resolve) options="--take --tool --json" ;;
        adopt) options="--spec --templates --format --json" ;;
        eject) options="--to" ;;
    esac
    if [[ $current == -* ]]; then
        _tenon_words "$options --help"
        return
    fi
    case $command in
        help) words=$commands ;;
        schema) words="spec plan conflicts manifest" ;;
        eject) words="templates schemas runtime" ;;
        completion) words="bash zsh fish" ;;
        verify|adopt) _tenon_folders ;;
    esac
    if [[ -n $words ]]; then _tenon_words "$words"; fi
}
_apply_plan() {
    local current previous
    _tenon_context
    if [[ $previous == --fail-on ]]; then
        _tenon_words "$_tenon_classes"
    elif [[ $current == -* ]]; then
        _tenon_words "--apply --diff --only --json --check --undo --fail-on --help --version"
    elif [[ $previous != --only ]]; then
        _tenon_folders
    fi
}
complete -o default -F _tenon tenon
complete -o default -F _apply_plan apply-plan
)";

constexpr std::string_view zsh = R"(#compdef tenon apply-plan
# zsh completion for tenon and apply-plan
_tenon() {
    if [[ $service == apply-plan ]]; then
        _arguments '--apply[write the changes]' '--undo[take the last apply back]' '--diff[show them as diffs]' '*--only[only these files]:glob:' \
            '--fail-on[refuse such changes]:classes:(@CLASSES@)' \
            '--json[report as JSON]' '--check[only set the exit code]' '--help' '--version' '1:project:_directories'
        return
    fi
    local -a commands=('generate:write a new project, or plan the changes of an existing one'
        'validate:check specs' 'verify:is the project what its spec generates' 'explain:where a line comes from' 'resolve:settle conflicts' 'adopt:take over a tree'
        'schema:print a JSON Schema'
        'new:write a starter spec' 'eject:write out built-in files' 'completion:print a completion script'
        'help:explain a command')
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
        generate) _arguments '--on-conflict[where both changed the same]:policy:(new mine theirs abort)' \
            '*--restore[bring deleted files back]:glob:' '--fail-on[exit with 5 on such changes]:classes:(@CLASSES@)' \
            '--allow-destructive[migrations may lose data]' '*--replace-migration[emit anew]:migration:' \
            '--out[the project]:directory:_directories' '--templates[override]:directory:_directories' \
            '--format[of reports]:format:(text json github)' '--json[for programs]' '--help' '*:spec:_files' ;;
        validate) _arguments '--format[of reports]:format:(text json github)' '--json[for programs]' '--help' '*:spec:_files' ;;
        verify) _arguments '--json[for programs]' '--templates[override]:directory:_directories' \
            '--format[of reports]:format:(text json github)' '--help' '1:project:_directories' ;;
        explain) _arguments '--out[the project]:directory:_directories' '--json[for programs]' '--codes[list codes]' \
            '--templates[override]:directory:_directories' '--help' '1:place:_files' ;;
        resolve) _arguments '--take[this side]:side:(mine theirs merged)' '--tool[a merge tool]:command:' \
            '--json[for programs]' '--help' '1:project:_directories' '*:file:_files' ;;
        adopt) _arguments '--spec[the spec]:spec:_files' '--templates[override]:directory:_directories' \
            '--format[of reports]:format:(text json github)' '--json[for programs]' '--help' '1:project:_directories' ;;
        schema) _arguments '--help' '1:schema:(spec plan conflicts manifest)' ;;
        new) _arguments '--help' '1:name:' ;;
        eject) _arguments '--to[where to]:directory:_directories' '--help' '*:part:(templates schemas runtime)' ;;
        completion) _arguments '--help' '1:shell:(bash zsh fish)' ;;
        help) _arguments '1:command:(generate validate verify explain resolve adopt schema new eject completion)' ;;
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
complete -c tenon -n __fish_use_subcommand -f -a help -d 'Explain a command'
complete -c tenon -n '__fish_seen_subcommand_from help' -f -a 'generate validate verify explain resolve adopt schema new eject completion'
complete -c tenon -n __fish_use_subcommand -l version -d 'Print the version'
complete -c tenon -l help -d 'Explain'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l out -r -a '(__fish_complete_directories)' -d 'The project'
complete -c tenon -n '__fish_seen_subcommand_from generate verify' -l templates -r -a '(__fish_complete_directories)' -d 'Override templates'
complete -c tenon -n '__fish_seen_subcommand_from generate validate verify adopt' -l format -x -a 'text json github' -d 'How to report'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l on-conflict -x -a 'new mine theirs abort' -d 'Where both changed the same'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l restore -x -d 'Bring deleted files back'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l fail-on -x -a '@CLASSES@' -d 'Exit with 5 on such changes'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l allow-destructive -d 'Migrations may lose data'
complete -c tenon -n '__fish_seen_subcommand_from generate' -l replace-migration -x -d 'Emit anew'
complete -c tenon -n '__fish_seen_subcommand_from explain' -l codes -d 'List the codes of all diagnostics'
complete -c tenon -n '__fish_seen_subcommand_from generate validate explain resolve verify adopt' -l json -d 'For programs'
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
complete -c apply-plan -l fail-on -x -a '@CLASSES@' -d 'Refuse such changes'
complete -c apply-plan -l json -d 'Report as JSON'
complete -c apply-plan -l check -d 'Only set the exit code'
complete -c apply-plan -l help -d 'Explain'
complete -c apply-plan -l version -d 'Print the version'
)";

}  // namespace

std::string completion_script(std::string_view shell) {
    constexpr std::string_view mark = "@CLASSES@";
    std::string classes;
    for (const gate_word& word : gate_words()) classes += (classes.empty() ? "" : " ") + std::string(word.name);
    std::string out(shell == "bash" ? bash : shell == "zsh" ? zsh : fish);
    for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + classes.size()))
        out.replace(at, mark.size(), classes);
    return out;
}

}  // namespace tenon::gen
