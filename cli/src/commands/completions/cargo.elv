
# `cargo errbook` is completed as `cargo-errbook` is; the rest of cargo as it was before.
var of-cargo = {|@words| }
if (has-key $edit:completion:arg-completer cargo) {
    set of-cargo = $edit:completion:arg-completer[cargo]
}
set edit:completion:arg-completer[cargo] = {|@words|
    if (and (> (count $words) 2) (eq $words[1] errbook)) {
        $edit:completion:arg-completer[cargo-errbook] cargo-errbook (all $words[2..])
    } else {
        $of-cargo (all $words)
    }
}
