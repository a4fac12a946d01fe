namespace Reasoner.Experts;

/// <summary>Refuses options that make no sense.</summary>
/// <param name="kind">Whose options they are, as messages call it.</param>
internal readonly struct OptionRange(string kind)
{
    /// <exception cref="ModelException">The demand does not hold.</exception>
    public void Require(bool holds, string option, string demand)
    {
        if (!holds) throw new ModelException($"The {kind} option {option} is out of range.", $"It must be {demand}.");
    }
}
