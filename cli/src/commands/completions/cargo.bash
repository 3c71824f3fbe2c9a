
complete -r cargo_errbook
complete -F _cargo_errbook -o bashdefault -o default cargo-errbook

# `cargo errbook` is completed as `cargo-errbook` is; the rest of cargo as it was before.
_cargo_errbook_of_cargo() {
    if [[ ${COMP_WORDS[1]} == errbook && ${COMP_CWORD} -gt 1 ]]; then
        local COMP_WORDS=("${COMP_WORDS[@]:1}") COMP_CWORD=$((COMP_CWORD - 1))
        _cargo_errbook errbook "$2" "$3"
        return
    fi
    if ! declare -F _cargo >/dev/null; then
        # bash-completion reads what completes cargo when that is asked for first, and lets it take over.
        if declare -F _comp_load >/dev/null; then
            _comp_load cargo
        elif declare -F _completion_loader >/dev/null; then
            _completion_loader cargo
        fi
        complete -F _cargo_errbook_of_cargo -o bashdefault -o default cargo
    fi
    if declare -F _cargo >/dev/null; then
        _cargo "$@"
    fi
}

complete -F _cargo_errbook_of_cargo -o bashdefault -o default cargo
