import type { AxiosError } from 'axios';

/** Reads the envelope of a refused download or stream, whose answers do not come as JSON by themselves. */
export async function readErrorBody(error: AxiosError): Promise<void> {
  const response = error.response;
  const data: unknown = response?.data;
  if (!response || !(data instanceof Blob || data instanceof ReadableStream)) return;
  try {
    response.data = JSON.parse(await new Response(data).text());
  } catch {
    // What is no envelope says nothing more than the status does.
    response.data = undefined;
  }
}
