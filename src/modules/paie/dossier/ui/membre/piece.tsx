import { IconReplace, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import {
  adresse,
  Bouton,
  BoutonIcone,
  deMois,
  Encart,
  Etat,
  formatJour,
  formatOctets,
  useOrganisme,
  VisionneuseDocument,
} from '#ui'
import { LIBELLES_NATURE, lireContenuPiece } from '../../contract.ts'
import { aRemplacer } from './attendus.tsx'
import { FORMATS, type Piece } from './depot/lignes.ts'
import { Recu } from './depot/recu.tsx'
import { ETATS_DE_PIECE } from './phrases.ts'

/** One deposited paper: what became of it, its receipt, the paper itself. */
export function DetailPiece({
  piece: p,
  peutDeposer,
  onRemplacer,
  onFermer,
}: {
  piece: Piece
  peutDeposer: boolean
  onRemplacer: (fichiers: File[]) => void
  onFermer: () => void
}) {
  const organisme = useOrganisme()
  const champ = useRef<HTMLInputElement>(null)
  const e = ETATS_DE_PIECE[p.etat]
  const url = adresse(lireContenuPiece, { params: { piece: p.id }, query: { organisme: organisme.id } })
  return (
    <article className="bq-membre-piece">
      <header>
        <h2>{p.libelle}</h2>
        <Etat etat={e.etat}>{e.mot}</Etat>
        <BoutonIcone icone={IconX} libelle="Fermer la pièce" onClick={onFermer} />
      </header>
      <p>
        {LIBELLES_NATURE[p.nature]},{' '}
        {p.concerne.length > 0 ? p.concerne.map((c) => c.nom).join(', ') : 'tout l’organisme'}
        {p.effet && `, à effet du ${formatJour(p.effet)}`}. {e.suite}
      </p>
      {p.rappel && (
        <Encart etat="attention">
          Arrivée après la date limite : si elle ne peut pas compter ce mois-ci, elle sera réglée par un rappel avec la
          paie {deMois(p.rappel)}. Vous n’avez rien à refaire.
        </Encart>
      )}
      {p.priseEnCompte && <p>Prise en compte dans la paie {deMois(p.priseEnCompte)}.</p>}
      {p.motif && (
        <Encart etat={e.etat} titre="Votre gestionnaire dit">
          {p.motif}
        </Encart>
      )}
      {aRemplacer(p) && peutDeposer && (
        <div>
          <Bouton variante="principal" icone={IconReplace} touche="r" onClick={() => champ.current?.click()}>
            {p.etat === 'refusee' ? 'Déposer une autre pièce à sa place' : 'Déposer la pièce complète'}
          </Bouton>
          <input
            ref={champ}
            type="file"
            hidden
            aria-label={`Fichier qui remplace la pièce n° ${p.numero}`}
            accept={FORMATS}
            onChange={(ev) => {
              const fichiers = [...(ev.currentTarget.files ?? [])]
              ev.currentTarget.value = ''
              if (fichiers.length > 0) onRemplacer(fichiers)
            }}
          />
        </div>
      )}
      <Recu piece={p} />
      <p className="bq-discret bq-petit">
        {p.nomFichier}, {formatOctets(p.taille)}
      </p>
      <VisionneuseDocument url={url} nom={p.nomFichier} hauteur="60dvh" />
    </article>
  )
}
