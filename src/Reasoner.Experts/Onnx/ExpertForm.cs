namespace Reasoner.Experts.Onnx;

/// <summary>
/// How a model file runs the chosen experts and no others. Both forms compute the same; which is faster depends on the
/// number of experts and of rows at a time (the benchmark "experts" measures it).
/// </summary>
internal enum ExpertForm
{
    /// <summary>
    /// Standard operators gather the chosen experts' weights and multiply only these. How many run is an input. The cost
    /// of one row does not depend on how many experts there are.
    /// </summary>
    Gather,

    /// <summary>
    /// ONNX Runtime's own operator com.microsoft.MoE, which sorts a batch's rows by expert: about as fast as gathering for
    /// one row and several times as fast for many, while experts are few. How many run is fixed in the file, and set anew
    /// when it is opened.
    /// </summary>
    Operator,
}
