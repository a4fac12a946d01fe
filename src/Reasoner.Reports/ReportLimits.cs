namespace Reasoner.Reports;

/// <summary>What keeps a report readable, and its size in proportion to what a person can read, whatever the record holds.</summary>
internal static class ReportLimits
{
    /// <summary>Steps that one picture draws.</summary>
    public const int PictureSteps = 60;

    /// <summary>Levels that one picture draws.</summary>
    public const int PictureLevels = 12;

    /// <summary>Steps that a drawing of one proof shows.</summary>
    public const int DrawingSteps = 300;

    /// <summary>Levels that a drawing of one proof shows.</summary>
    public const int DrawingLevels = 60;

    /// <summary>Proofs that get a picture.</summary>
    public const int Pictures = 40;

    /// <summary>Lines (steps and references to steps) of one proof tree.</summary>
    public const int TreeLines = 400;

    /// <summary>Levels of one proof tree.</summary>
    public const int TreeLevels = 24;

    /// <summary>Steps left out are counted up to here.</summary>
    public const int Counted = 100_000;

    /// <summary>Characters of a short form.</summary>
    public const int ShortForm = 100;
}
