using System.Runtime.CompilerServices;

namespace Reasoner.Baselines;

/// <summary>A set of bins of one feature.</summary>
[InlineArray(FeatureBins.Most / 64)]
internal struct BinSet
{
    private ulong _word;

    public readonly bool Contains(int bin) => (this[bin >> 6] >> (bin & 63) & 1) != 0;

    public void Add(int bin) => this[bin >> 6] |= 1UL << (bin & 63);
}
