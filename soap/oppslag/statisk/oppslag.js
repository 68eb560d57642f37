// Copy buttons: <button class="kopier" data-kopier="id" hidden> copies the text of the element with that id. Everything
// else on the pages works without a script.
for (const button of document.querySelectorAll('button.kopier')) {
  const from = document.getElementById(button.dataset.kopier)
  if (!from || !navigator.clipboard) continue
  const label = button.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(from.textContent)
    button.textContent = 'Kopiert'
    setTimeout(() => { button.textContent = label }, 2000)
  })
}

// Where autofocus is not honoured, as after a reload, the focus still goes to what is wrong.
document.querySelector('[autofocus]')?.focus()
