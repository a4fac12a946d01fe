using System.Diagnostics;
using Reasoner.Experts;
using Reasoner.Experts.Onnx;

namespace Reasoner.Benchmarks;

/// <summary>A way to compute a group of rows, and the times that it took.</summary>
/// <param name="name">Its name in tables.</param>
/// <param name="run">Computes the group of rows that begins with this one.</param>
/// <param name="owned">What to free in the end.</param>
internal sealed class ExpertContestant(string name, Action<int> run, params IDisposable[] owned) : IDisposable
{
    private readonly List<double> _microseconds = [];

    public string Name => name;

    public double Median => At(50);

    public double Slowest => At(99);

    /// <summary>The least bytes that a run allocated on the managed heap.</summary>
    public long Allocated { get; private set; } = long.MaxValue;

    /// <summary>A mixture's file in one form.</summary>
    public static ExpertContestant Of(string name, TrainedMixture mixture, ExpertForm form, int batch, float[][] rows)
    {
        var session = OnnxEnvironment.Open(MixtureExporter.Export(mixture, form));
        var run = new BoundRun(session, batch, mixture.Encoder.Width, mixture.TopK, mixture.Classes.Count, 0);
        return new(name, start =>
        {
            for (var i = 0; i < batch; i++) rows[(start + i) % rows.Length].CopyTo(run.Features(i));
            run.Run();
        }, run, session);
    }

    /// <summary>A mixture of which all experts run.</summary>
    public static ExpertContestant OfDense(string name, TrainedMixture mixture, int batch, float[][] rows)
    {
        var session = OnnxEnvironment.Open(DenseModel.Write(mixture));
        var run = new DenseRun(session, batch, mixture.Encoder.Width, mixture.Classes.Count);
        return new(name, start =>
        {
            for (var i = 0; i < batch; i++) rows[(start + i) % rows.Length].CopyTo(run.Features(i));
            run.Run();
        }, run, session);
    }

    /// <summary>The trainer's own forward pass, row by row.</summary>
    public static ExpertContestant OfTrainer(string name, TrainedMixture mixture, int batch, float[][] rows)
    {
        var pass = new MixturePass(mixture.Network.Shape);
        var probabilities = new double[mixture.Classes.Count];
        return new(name, start =>
        {
            for (var i = 0; i < batch; i++) mixture.Forward(rows[(start + i) % rows.Length], mixture.TopK, pass, probabilities, []);
        });
    }

    /// <summary>
    /// Runs groups for some milliseconds, and takes the times of those after the first few, which bring its weights back
    /// into the caches.
    /// </summary>
    public void Take(double milliseconds, int batch)
    {
        const int warm = 5;
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < warm + 2 || Stopwatch.GetElapsedTime(begun).TotalMilliseconds < milliseconds; i++)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            run(i * batch);
            // A time span would round to its ticks of a tenth of a microsecond.
            var time = (Stopwatch.GetTimestamp() - started) * 1e6 / Stopwatch.Frequency;
            Allocated = Math.Min(Allocated, GC.GetAllocatedBytesForCurrentThread() - bytes);
            if (i >= warm) _microseconds.Add(time);
        }
    }

    public void Dispose()
    {
        foreach (var resource in owned) resource.Dispose();
    }

    private double At(int percent) => Statistics.Percentile([.. _microseconds.Order()], percent);
}
