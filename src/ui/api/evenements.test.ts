import { expect, test } from 'vitest'
import { createDecoupeur } from './evenements.ts'

test('events cut anywhere by the network come out whole, once', () => {
  const flux = 'id: 1\ndata: {"fait":1}\n\n: silence\n\nevent: fin\r\ndata: a\r\ndata: b\r\n\r\ndata: en sus'
  for (let i = 1; i < flux.length; i++) {
    const decouper = createDecoupeur()
    expect([...decouper(flux.slice(0, i)), ...decouper(flux.slice(i))]).toEqual([
      { id: '1', type: 'message', data: '{"fait":1}' },
      { type: 'fin', data: 'a\nb' },
    ])
  }
})
