namespace Reasoner.Benchmarks;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): the same wards on every platform and version of .NET.</summary>
internal sealed class RosterRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to below 1.</summary>
    public double Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A whole number from 0 to below the bound.</summary>
    public int Below(int bound) => (int)(Next() * bound);

    public bool Chance(double probability) => Next() < probability;

    /// <summary>Noise around 0 with about the given deviation: the sum of twelve uniform numbers, which needs no function of the platform.</summary>
    public double Noise(double deviation)
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += Next();
        return sum * deviation;
    }

    /// <summary>One of the choices, by their weights.</summary>
    public T Choose<T>(params ReadOnlySpan<(T Choice, double Weight)> choices)
    {
        var total = 0.0;
        foreach (var (_, weight) in choices) total += weight;
        var place = Next() * total;
        foreach (var (choice, weight) in choices)
        {
            if (place < weight) return choice;
            place -= weight;
        }

        return choices[^1].Choice;
    }
}
