
# `cargo errbook` is completed as `cargo-errbook` is.
function __fish_cargo_errbook_of_cargo
    set -l words (commandline -opc)
    set -l rest (string escape -- $words[3..-1]) (commandline -ct)
    complete -C "cargo-errbook $rest"
end

complete -c cargo -n '__fish_seen_subcommand_from errbook' -f -a '(__fish_cargo_errbook_of_cargo)'
