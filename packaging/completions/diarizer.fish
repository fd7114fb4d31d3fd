# Completion of diarizer's command line for fish: the program itself says what may follow.
function __diarizer_complete
    set -l line (commandline -cp)
    diarizer "[suggest:"(string length -- $line)"]" $line 2>/dev/null | string match -r '^(?:--|[^-/]).*'
end
complete -c diarizer -a '(__diarizer_complete)'
