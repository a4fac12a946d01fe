using System.Collections.Immutable;

namespace Reasoner.Reports;

/// <summary>Parts that a record read from JSON may lack.</summary>
internal static class MissingParts
{
    /// <summary>The array; empty where it was never set, or set to null.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
