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

/// What the heaviest path from each node weighs, at the most. `edges` are the nodes that each node leads to, with the
/// weight of each edge; a node weighs one, and its path may end in what weighs `ends`. Of nodes that lead to each other,
/// a path may go through all, so each counts with its heaviest edge.
pub(super) fn heaviest_paths(edges: &[Vec<(usize, usize)>], ends: &[usize]) -> Vec<usize> {
    let targets = edges.iter().map(|edges| edges.iter().map(|(to, _)| *to));
    let targets: Vec<Vec<usize>> = targets.map(Iterator::collect).collect();
    let component = components(&targets);
    let mut members = vec![Vec::new(); edges.len()];
    for (node, of) in component.iter().enumerate() {
        members[*of].push(node);
    }
    let mut weights = vec![0_usize; edges.len()];
    // A component has the number of its node that is finished last, which is after all that the component leads to.
    for of in postorder(&targets) {
        let (mut inside, mut after) = (0_usize, 0);
        for &node in &members[of] {
            let (back, on) = edges[node]
                .iter()
                .partition::<Vec<_>, _>(|(to, _)| component[*to] == of);
            let heaviest = back.iter().map(|(_, weight)| *weight).max();
            inside += 1 + heaviest.unwrap_or_default();
            let on = on.iter().map(|(to, weight)| weight + weights[*to]).max();
            after = after.max(ends[node]).max(on.unwrap_or_default());
        }
        for &node in &members[of] {
            weights[node] = inside + after;
        }
    }
    weights
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
    use super::{components, heaviest_paths};

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
    fn heaviest_paths_add_up() {
        // 0 leads to 1 and 2, these to 3; 4 and 5 lead to each other, and 5 to 3.
        let edges = [
            vec![(1, 3), (2, 1)],
            vec![(3, 0)],
            vec![(3, 5)],
            vec![],
            vec![(5, 2)],
            vec![(4, 4), (3, 1)],
        ];
        let ends = [0, 9, 0, 2, 0, 0];
        // The cycle: two nodes, both edges between them, and then 1 + 3.
        assert_eq!(heaviest_paths(&edges, &ends), [14, 10, 9, 3, 12, 12]);
        let chain: Vec<_> = (1..=100_000)
            .map(|next| vec![(next, 1); usize::from(next < 100_000)])
            .collect();
        assert_eq!(heaviest_paths(&chain, &vec![0; 100_000])[0], 199_999);
    }

    #[test]
    fn a_long_chain_is_no_deep_recursion() {
        let edges: Vec<Vec<usize>> = (1..=100_000).map(|next| vec![next % 100_000]).collect();
        let of = components(&edges);
        assert!(of.iter().all(|component| *component == of[0]));
    }
}
