namespace Reasoner.Shapes;

/// <summary>Which focus nodes are validated.</summary>
public enum ValidationScope
{
    /// <summary>Every target of every shape.</summary>
    WholeGraph,

    /// <summary>Only targets that the overlay's own facts mention: the cost is in proportion to the case.</summary>
    OwnFacts,
}
