/** Yield the data of each server-sent event; `alive` is called for whatever comes, signs of life too. */
export async function* events(body: ReadableStream<BufferSource>, alive: () => void): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    alive()
    const whole = (text + value).split('\n\n')
    text = whole.pop() ?? ''
    for (const event of whole) {
      const data = event.split('\n').find((line) => line.startsWith('data: '))
      if (data) yield data.slice('data: '.length)
    }
  }
}
