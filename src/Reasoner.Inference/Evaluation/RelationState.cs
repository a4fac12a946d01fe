using Reasoner.Knowledge;

namespace Reasoner.Inference;

/// <summary>What an evaluation knows of one relation: its two parts, and which rows are old, new and gone.</summary>
internal sealed class RelationState(int predicate, Relation? inherited, Relation? own, HashSet<int>? hidden)
{
    /// <summary>The predicate's term id.</summary>
    public readonly int Predicate = predicate;

    /// <summary>The base graph's rows.</summary>
    public readonly Relation? Inherited = inherited;

    /// <summary>The graph's own rows.</summary>
    public Relation? Own = own;

    /// <summary>Rows of the base that are not visible.</summary>
    public HashSet<int>? Hidden = hidden;

    /// <summary>Own rows that rules do not see: the same is said with other, equal terms.</summary>
    public HashSet<int>? Outdated;

    /// <summary>Rows of the base whose facts no longer hold, in order of removal.</summary>
    public List<int>? Removed;

    /// <summary>The first own row of the delta.</summary>
    public int DeltaStart;

    /// <summary>The end of the own rows that hold at the start of the round.</summary>
    public int End = own?.Count ?? 0;

    /// <summary>The first entry of <see cref="Removed"/> that this removal round looks at.</summary>
    public int RemovedStart;

    /// <summary>The end of the entries of <see cref="Removed"/> that this removal round looks at.</summary>
    public int RemovedEnd;

    public bool HasDelta => End > DeltaStart;

    public bool HasRemovals => RemovedEnd > RemovedStart;

    /// <summary>Everything of its own is new: the start of a stratum.</summary>
    public void MarkAllNew()
    {
        DeltaStart = 0;
        End = Own?.Count ?? 0;
    }

    /// <summary>Everything of its own is new and all removals are looked at: the start of a stratum of an overlay.</summary>
    public void MarkAll()
    {
        MarkAllNew();
        MarkAllRemovals();
    }

    /// <summary>What the last round added becomes the delta.</summary>
    public void Advance()
    {
        DeltaStart = End;
        End = Own?.Count ?? 0;
    }

    /// <summary>All removals so far are looked at.</summary>
    public void MarkAllRemovals()
    {
        RemovedStart = 0;
        RemovedEnd = Removed?.Count ?? 0;
    }

    /// <summary>The removals since the last removal round are looked at.</summary>
    public void AdvanceRemovals()
    {
        RemovedStart = RemovedEnd;
        RemovedEnd = Removed?.Count ?? 0;
    }
}
