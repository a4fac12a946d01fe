namespace Reasoner.Experts;

/// <summary>
/// The sizes of a mixture, and where each of its parameters lies in one flat array. Matrices are row-major, one row an
/// output, so that an output is the dot product of a row and the input.
/// </summary>
/// <param name="Inputs">Encoded floats of a row.</param>
/// <param name="Hidden">Hidden units of each expert.</param>
/// <param name="Experts">Experts.</param>
/// <param name="Outputs">Logits: one a class, and then those of the proposing policy, if there is one.</param>
/// <param name="Embedding">How gate and experts read categories in training; null where they read the row's own columns.</param>
internal sealed record MixtureShape(int Inputs, int Hidden, int Experts, int Outputs, EmbeddingLayout? Embedding = null)
{
    /// <summary>The numbers that gate and experts read.</summary>
    public int Embedded => Embedding?.Width ?? Inputs;

    /// <summary>The gate: [experts, embedded].</summary>
    public Range GateWeights => Block(0, Experts * Embedded);

    public Range GateBias => Block(GateWeights.End.Value, Experts);

    /// <summary>The linear part that every case passes through: [outputs, inputs].</summary>
    public Range SharedWeights => Block(GateBias.End.Value, Outputs * Inputs);

    public Range SharedBias => Block(SharedWeights.End.Value, Outputs);

    /// <summary>The tables of categories, as <see cref="EmbeddingLayout"/> places them.</summary>
    public Range Tables => Block(SharedBias.End.Value, Embedding?.Parameters ?? 0);

    /// <summary>How many parameters there are, also where their number would not fit an array.</summary>
    public long Size =>
        Experts * (Embedded + 1L) + Outputs * (Inputs + 1L) + (Embedding?.Parameters ?? 0)
        + Experts * (Hidden * (Embedded + 1L) + Outputs * (Hidden + 1L));

    public int Parameters => Tables.End.Value + Experts * ExpertParameters;

    private int ExpertParameters => Hidden * Embedded + Hidden + Outputs * Hidden + Outputs;

    /// <summary>All of an expert's own parameters.</summary>
    public Range Expert(int expert) => Block(Tables.End.Value + expert * ExpertParameters, ExpertParameters);

    /// <summary>An expert's first layer: [hidden, embedded].</summary>
    public Range HiddenWeights(int expert) => Block(Expert(expert).Start.Value, Hidden * Embedded);

    public Range HiddenBias(int expert) => Block(HiddenWeights(expert).End.Value, Hidden);

    /// <summary>An expert's second layer: [outputs, hidden].</summary>
    public Range OutputWeights(int expert) => Block(HiddenBias(expert).End.Value, Outputs * Hidden);

    public Range OutputBias(int expert) => Block(OutputWeights(expert).End.Value, Outputs);

    private static Range Block(int start, int length) => start..(start + length);
}
