/// The scripts with which a shell completes words after `lockstep`.
public enum CompletionScript {
  public enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish
  }

  /// Each script asks the program for completions. The program answers with the line `words` or
  /// `files`, then a candidate on each line, followed by a tab and a description. So all shells
  /// complete the same words, and a new command or lesson needs no new script.
  public static func text(for shell: Shell) -> String {
    switch shell {
    case .bash:
      #"""
      _lockstep() {
        local kind= candidate
        COMPREPLY=()
        {
          IFS= read -r kind
          while IFS= read -r candidate; do
            COMPREPLY+=("${candidate%%$'\t'*}")
          done
        } < <("${1/#\~/$HOME}" \#(Completer.word) "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        if [[ $kind == files ]]; then
          while IFS= read -r candidate; do
            COMPREPLY+=("$candidate")
          done < <(compgen -f -- "$2")
          compopt -o filenames 2>/dev/null
        fi
        # No space after a parameter's name: its value follows.
        if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
          compopt -o nospace 2>/dev/null
        fi
      }
      complete -F _lockstep lockstep

      """#
    case .zsh:
      #"""
      #compdef lockstep
      _lockstep() {
        local -a answer described open
        local line candidate about entry
        answer=("${(@f)$(${~words[1]} \#(Completer.word) "${(@)words[2,CURRENT]}" 2>/dev/null)}")
        for line in "${(@)answer[2,-1]}"; do
          candidate="${line%%$'\t'*}"
          about="${line#*$'\t'}"
          entry="${candidate//:/\\:}${about:+:$about}"
          if [[ $candidate == *= ]]; then
            open+=("$entry")
          elif [[ -n $candidate ]]; then
            described+=("$entry")
          fi
        done
        (( $#described )) && _describe -V lockstep described
        # No space after a parameter's name: its value follows.
        (( $#open )) && _describe -V parameters open -S ''
        [[ ${answer[1]} == files ]] && _files
        return 0
      }
      if [[ $funcstack[1] == _lockstep ]]; then
        _lockstep "$@"
      else
        compdef _lockstep lockstep
      fi

      """#
    case .fish:
      #"""
      function __lockstep_complete
        set -l words (commandline -opc)
        set -l current (commandline -ct)
        set -l answer ($words[1] \#(Completer.word) $words[2..-1] "$current" 2>/dev/null)
        if test (count $answer) -gt 1
          printf '%s\n' $answer[2..-1]
        end
        if test "$answer[1]" = files
          __fish_complete_path "$current"
        end
      end
      complete -c lockstep -f -a '(__lockstep_complete)'

      """#
    }
  }
}
