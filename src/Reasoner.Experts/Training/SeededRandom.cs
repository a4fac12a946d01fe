using System.Numerics;

namespace Reasoner.Experts;

/// <summary>
/// A random source whose state can be written down, so that an interrupted training goes on as if nothing had happened:
/// xoshiro256** (Blackman and Vigna 2018), started by SplitMix64. Equal seeds and streams give equal numbers on every
/// machine and version of .NET.
/// </summary>
internal sealed class SeededRandom : Random
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Starts a stream of its own for each part of a run, so that parts can run in any order or side by side.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="streams">Which part of the run.</param>
    public SeededRandom(int seed, params ReadOnlySpan<int> streams)
    {
        var state = (ulong)seed;
        foreach (var stream in streams) state = Mix(ref state) ^ (uint)stream;
        _s0 = Mix(ref state);
        _s1 = Mix(ref state);
        _s2 = Mix(ref state);
        _s3 = Mix(ref state);
    }

    /// <inheritdoc/>
    public override int Next() => (int)(NextBits() >> 33) is var number && number == int.MaxValue ? Next() : number;

    /// <inheritdoc/>
    public override int Next(int maxValue) => Next(0, maxValue);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxValue, minValue);
        var range = (ulong)((long)maxValue - minValue);
        if (range == 0) return minValue;
        // The high half of a product is uniform but for less than range / 2^64, which no training can notice.
        return minValue + (int)Math.BigMul(NextBits(), range, out _);
    }

    /// <inheritdoc/>
    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A draw from the standard normal distribution (Box and Muller 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Writes the state down.</summary>
    public void Save(BinaryWriter to)
    {
        foreach (var part in (ulong[])[_s0, _s1, _s2, _s3]) to.Write(part);
    }

    /// <summary>Takes up a state that was written down.</summary>
    public void Load(BinaryReader from) => (_s0, _s1, _s2, _s3) = (from.ReadUInt64(), from.ReadUInt64(), from.ReadUInt64(), from.ReadUInt64());

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    private ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
