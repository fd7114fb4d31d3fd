# Completion of diarizer's command line for bash: the program itself says what may follow.
_diarizer() {
    local current=${COMP_WORDS[COMP_CWORD]} words
    words=$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null | grep -E '^(--|[^-/])')
    # Where a file may stand, options are offered only once a dash is typed.
    [[ $current == -* ]] || words=$(grep -v '^-' <<<"$words")
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _diarizer diarizer
