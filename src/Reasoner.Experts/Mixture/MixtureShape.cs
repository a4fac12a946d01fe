namespace Reasoner.Experts;

/// <summary>
/// The sizes of a mixture, and where each of its parameters lies in one flat array. Matrices are row-major, one row an
/// output, so that an output is the dot product of a row and the input.
/// </summary>
/// <param name="Inputs">Encoded floats of a row.</param>
/// <param name="Hidden">Hidden units of each expert.</param>
/// <param name="Experts">Experts.</param>
/// <param name="Classes">Classes, that is logits.</param>
internal sealed record MixtureShape(int Inputs, int Hidden, int Experts, int Classes)
{
    /// <summary>The gate: [experts, inputs].</summary>
    public Range GateWeights => Block(0, Experts * Inputs);

    public Range GateBias => Block(GateWeights.End.Value, Experts);

    /// <summary>The linear part that every case passes through: [classes, inputs].</summary>
    public Range SharedWeights => Block(GateBias.End.Value, Classes * Inputs);

    public Range SharedBias => Block(SharedWeights.End.Value, Classes);

    /// <summary>How many parameters there are, also where their number would not fit an array.</summary>
    public long Size => (Experts + Classes) * (Inputs + 1L) + Experts * (Hidden * (Inputs + 1L) + Classes * (Hidden + 1L));

    public int Parameters => FirstExpert + Experts * ExpertParameters;

    private int FirstExpert => SharedBias.End.Value;

    private int ExpertParameters => Hidden * Inputs + Hidden + Classes * Hidden + Classes;

    /// <summary>An expert's first layer: [hidden, inputs].</summary>
    public Range HiddenWeights(int expert) => Block(FirstExpert + expert * ExpertParameters, Hidden * Inputs);

    public Range HiddenBias(int expert) => Block(HiddenWeights(expert).End.Value, Hidden);

    /// <summary>An expert's second layer: [classes, hidden].</summary>
    public Range OutputWeights(int expert) => Block(HiddenBias(expert).End.Value, Classes * Hidden);

    public Range OutputBias(int expert) => Block(OutputWeights(expert).End.Value, Classes);

    private static Range Block(int start, int length) => start..(start + length);
}
