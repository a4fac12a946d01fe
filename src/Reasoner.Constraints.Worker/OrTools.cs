using System.Reflection;
using System.Runtime.InteropServices;

namespace Reasoner.Constraints.Worker;

/// <summary>The C functions of OR-Tools' library (ortools/sat/c_api/cp_solver_c.h), which stands beside this program.</summary>
internal static unsafe partial class OrTools
{
    private const string Library = "ortools";

    /// <summary>Loads the library, so that a missing one is known before the first model comes.</summary>
    public static void Load()
    {
        var file = OperatingSystem.IsWindows() ? "ortools.dll" : OperatingSystem.IsMacOS() ? "libortools.9.dylib" : "libortools.so.9";
        var library = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, file));
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? library : 0);
    }

    /// <summary>Solves a model; all messages are CP-SAT's. Bytes that are no such messages end the process.</summary>
    public static byte[] Solve(ReadOnlySpan<byte> model, ReadOnlySpan<byte> parameters)
    {
        void* response = null;
        var length = 0;
        fixed (byte* modelStart = model, parametersStart = parameters)
        {
            // A model without anything is a null pointer here, and the library reads no byte of it.
            SolveCpModelWithParameters(modelStart, model.Length, parametersStart, parameters.Length, &response, &length);
        }

        try
        {
            return new ReadOnlySpan<byte>(response, length).ToArray();
        }
        finally
        {
            NativeMemory.Free(response);
        }
    }

    [LibraryImport(Library)]
    private static partial void SolveCpModelWithParameters(
        void* model, int modelLength, void* parameters, int parametersLength, void** response, int* responseLength);
}
