//! The rows of a flowchart, the cells in them and the routes of edges through them. Types only.

/// The rows of a flowchart and the routes through them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Grid {
    /// Everything that takes room in a row.
    pub(super) cells: Vec<Cell>,
    /// Cells of each row, in order.
    pub(super) ranks: Vec<Vec<usize>>,
    /// Route of each edge, as `flowchart.edges` counts them.
    pub(super) routes: Vec<Route>,
    /// First and last row of each subgraph.
    pub(super) spans: Vec<(usize, usize)>,
    /// Four ways of lining the cells up; their places are the median.
    pub(super) alignments: Vec<Alignment>,
}

/// What takes room in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// A node.
    Node(usize),
    /// An edge passing through.
    Bend(usize),
    /// An edge passing through, with its label.
    Label(usize),
    /// The first or last row of a subgraph as a whole: where edges of the subgraph end.
    Anchor(usize),
    /// The near side of a subgraph's frame.
    Start(usize),
    /// The far side of a subgraph's frame.
    End(usize),
}

/// A cell while the rows are being built.
pub(super) struct Placed {
    pub(super) cell: Cell,
    pub(super) rank: usize,
    pub(super) group: Option<usize>,
}

/// The cells an edge visits, in row order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Route {
    /// From the upper end to the lower end; empty for a loop on one node.
    pub(super) cells: Vec<usize>,
    /// The edge points against the rows.
    pub(super) reversed: bool,
}

/// One way of lining cells up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alignment {
    /// Packed from the far side: read all coordinates negated.
    pub(super) mirrored: bool,
    /// The block of each cell; cells of a block share a coordinate.
    pub(super) blocks: Vec<usize>,
    /// Pairs of cells next to each other in a row, as packed; sorted so that a block's own
    /// place is settled before it pushes others.
    pub(super) pairs: Vec<(usize, usize)>,
}
