//! Cycles in a graph of types.

/// The strongly connected component of each node of a graph, by a number: two nodes lead to each other
/// where theirs is the same. `edges` are the nodes that each node leads to.
///
/// Linear, and not recursive: Kosaraju's two passes.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut backwards = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for &to in targets {
            backwards[to].push(from);
        }
    }
    let finished = postorder(edges);
    let mut component = vec![0; edges.len()];
    let mut seen = vec![false; edges.len()];
    for &start in finished.iter().rev() {
        walk(&backwards, start, &mut seen, &mut |node| {
            component[node] = start;
        });
    }
    component
}

/// The nodes of a graph, each after those that it leads to and that do not lead back.
pub(super) fn postorder(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut finished = Vec::new();
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        walk(edges, start, &mut seen, &mut |node| finished.push(node));
    }
    finished
}

/// Depth first, from `start` to all that has not been seen; each node is handed out when all that it
/// leads to has been.
fn walk(edges: &[Vec<usize>], start: usize, seen: &mut [bool], finished: &mut dyn FnMut(usize)) {
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    let mut path = vec![(start, 0)];
    while let Some((node, next)) = path.last_mut() {
        let Some(&to) = edges[*node].get(*next) else {
            finished(*node);
            path.pop();
            continue;
        };
        *next += 1;
        if !std::mem::replace(&mut seen[to], true) {
            path.push((to, 0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn nodes_that_lead_to_each_other_are_of_one_component() {
        let edges = [vec![1], vec![2], vec![0, 3], vec![4], vec![], vec![5]];
        let of = components(&edges);
        assert_eq!((of[0], of[0]), (of[1], of[2]));
        for (a, b) in [(0, 3), (3, 4), (4, 5), (0, 5)] {
            assert_ne!(of[a], of[b], "{a} and {b}");
        }
    }

    #[test]
    fn a_long_chain_is_no_deep_recursion() {
        let edges: Vec<Vec<usize>> = (1..=100_000).map(|next| vec![next % 100_000]).collect();
        let of = components(&edges);
        assert!(of.iter().all(|component| *component == of[0]));
    }
}
